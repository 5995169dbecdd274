// Hands a text over while it is being typed: of itself, Streamlit waits until its field is left.
const RESTS_FOR = 1000; // milliseconds without a keystroke
let timer;

export default function () {
  // One and the same listener each time: added again, it is there once.
  document.querySelector('[data-testid="stMain"]').addEventListener("input", onInput);
}

function onInput({ target, isComposing }) {
  if (target.tagName !== "TEXTAREA" || isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(() => target.dispatchEvent(new KeyboardEvent("keydown", APPLY)), RESTS_FOR);
}

// The key by which Streamlit applies a text. An event made here types nothing.
const APPLY = { key: "Enter", ctrlKey: true, metaKey: true, bubbles: true, cancelable: true };
