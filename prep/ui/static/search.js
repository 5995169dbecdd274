// A dialog gives its input no focus, and takes the focus for itself some time after it opens; who
// came by a key wants to type at once. So the input has the focus until the person moves it, and
// what is typed before goes to the input too, not to the buttons behind the dialog that have keys.
const LOOKS_EVERY = 50; // milliseconds
let focused; // the input that had the focus: a run of the dialog does not take it back

export default function () {
  let timer, hasMoved = false;
  const look = () => {
    const input = searchInput();
    if (!input) timer = setTimeout(look, LOOKS_EVERY);
    else if (input !== focused) (focused = input).focus();
  };
  const onFocus = ({ target }) => {
    const input = searchInput();
    if (input && target !== input && !hasMoved) input.focus();
  };
  const onMove = ({ type, key }) => {
    if (type === "pointerdown" || key === "Tab" || key === "Escape") hasMoved = true;
  };
  look();
  document.addEventListener("focusin", onFocus);
  for (const act of ["pointerdown", "keydown"]) document.addEventListener(act, onMove, true);
  window.addEventListener("keydown", onKey, true);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("focusin", onFocus);
    for (const act of ["pointerdown", "keydown"]) document.removeEventListener(act, onMove, true);
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
