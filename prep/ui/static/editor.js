// A text area that tells the page what is typed soon after each pause, not only when it is left.
const SETTLES_AFTER = 300; // milliseconds without a key

let latest = {}; // what was typed last, and into which version: drawn anew, the area has it again

export default function ({ data, parentElement, setStateValue }) {
  const area = parentElement.querySelector("textarea");
  let timer;
  area.setAttribute("aria-label", data.label);

  // What is typed stays; only another text (a revision, an outline) replaces it.
  if (area.dataset.version !== data.version) {
    area.dataset.version = data.version;
    area.value = latest.version === data.version ? latest.text : data.text;
  }
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    setStateValue("typed", { text: area.value, version: data.version });
  };
  const onInput = () => {
    latest = { text: area.value, version: data.version };
    clearTimeout(timer);
    timer = setTimeout(tell, SETTLES_AFTER);
  };
  const onScroll = () => {
    const preview = document.querySelector(".st-key-preview");
    if (preview) preview.scrollTop = share(area) * (preview.scrollHeight - preview.clientHeight);
  };
  const onLeave = () => timer && tell();
  const onKey = ({ ctrlKey, metaKey }) => (ctrlKey || metaKey) && onLeave(); // Ctrl+S saves it all

  area.addEventListener("input", onInput);
  area.addEventListener("blur", onLeave);
  area.addEventListener("keydown", onKey);
  area.addEventListener("scroll", onScroll);
  document.addEventListener("visibilitychange", onLeave); // a tab that is closed loses no focus
  return () => {
    if (timer) tell();
    area.removeEventListener("input", onInput);
    area.removeEventListener("blur", onLeave);
    area.removeEventListener("keydown", onKey);
    area.removeEventListener("scroll", onScroll);
    document.removeEventListener("visibilitychange", onLeave);
  };
}

// How far an element is scrolled, from 0 to 1.
function share(element) {
  return element.scrollTop / Math.max(element.scrollHeight - element.clientHeight, 1);
}
