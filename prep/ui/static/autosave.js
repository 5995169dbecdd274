// Hands a text over while it is being typed: of itself, Streamlit waits until its field is left.
// A line is handed over when the tab goes out of sight; while one types, a form asks Streamlit.
const RESTS_FOR = 1000; // milliseconds without a keystroke
const SENT_AFTER = 200; // milliseconds
const LINE = '[data-testid="stTextInput"] input';
let area, timer; // the text area with text that was not handed over
let line; // the line that was typed into last
let pressed; // the link that was pressed while there was one

export default function () {
  // One and the same listener each time: added again, it is there once.
  document.addEventListener("input", onInput);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerdown", onPress, true);
  document.addEventListener("click", onClick, true);
  window.addEventListener("visibilitychange", sendAtOnce, true);
  document.addEventListener("visibilitychange", onHidden);
}

function onInput({ target, isComposing }) {
  if (target.matches(LINE)) line = target;
  if (target.tagName !== "TEXTAREA" || isComposing) return;
  if (target !== area) handOver();
  area = target;
  clearTimeout(timer);
  timer = setTimeout(handOver, RESTS_FOR);
}

// A key that acts on the page, such as Ctrl+K, leaves no field: it gets the text first.
function onKey({ isTrusted, ctrlKey, metaKey }) {
  if (isTrusted && (ctrlKey || metaKey)) handOver();
}

// A link leaves the page. The text is sent a moment after it is handed over, and has to come first.
function onPress({ target }) {
  if (target === area || !area) return;
  handOver();
  pressed = target.closest("a[href]");
}

function onClick(event) {
  const link = pressed;
  pressed = undefined;
  if (!link || !event.isTrusted || !link.contains(event.target)) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // it opens elsewhere
  event.preventDefault();
  event.stopImmediatePropagation();
  setTimeout(() => link.click(), SENT_AFTER);
}

function handOver() {
  clearTimeout(timer);
  apply(area);
  area = undefined;
}

// A tab that is closed runs no timer any more, and Streamlit sends from one without a delay.
function sendAtOnce() {
  const timed = window.setTimeout;
  window.setTimeout = (act, delay, ...values) =>
    delay ? timed(act, delay, ...values) : queueMicrotask(() => act(...values));
  timed(() => (window.setTimeout = timed));
}

function onHidden() {
  handOver();
  apply(line);
  line = undefined;
}

function apply(field) {
  field?.dispatchEvent(new KeyboardEvent("keydown", APPLY));
}

// The key by which Streamlit applies a text. An event made here types nothing.
const APPLY = { key: "Enter", ctrlKey: true, metaKey: true, bubbles: true, cancelable: true };
