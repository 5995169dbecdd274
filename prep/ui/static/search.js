// A dialog gives its input no focus, and takes the focus for itself some time after it opens; who
// came by a key wants to type at once. So the input is focused until the focus has stayed, and what
// is typed before goes to the input too, not to the buttons behind the dialog that have keys.
const LOOKS = 40, MILLISECONDS_APART = 50, STAYED = 4;
let focused;

export default function () {
  let looks = 0, stayed = 0, timer;
  const look = () => {
    const input = searchInput();
    if (input && input === focused) return;
    stayed = input && document.activeElement === input ? stayed + 1 : 0;
    if (!stayed) input?.focus();
    if (stayed === STAYED) focused = input;
    else if (++looks < LOOKS) timer = setTimeout(look, MILLISECONDS_APART);
  };
  look();
  window.addEventListener("keydown", onKey, true);
  return () => {
    clearTimeout(timer);
    window.removeEventListener("keydown", onKey, true);
  };
}

function searchInput() {
  return document.querySelector('[role="dialog"] input');
}

function onKey(event) {
  const input = searchInput();
  if (!input || event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.activeElement === input) return;
  event.stopImmediatePropagation();
  if (!document.activeElement.closest("a, button")) input.focus();
}
