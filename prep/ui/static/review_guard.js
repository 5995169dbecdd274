// A review's buttons take a press of what the person has seen: none of a key that is held, none of
// the second click of a double one, and none within a moment after the card has changed. The press
// counts when it was made: on a slow machine it is answered later.
const A_MOMENT = 400; // milliseconds
const CARD = ".st-key-review-card";
const BUTTON = ".st-key-reveal button, [class*='st-key-rate-'] button";
const RATINGS = ["1", "2", "3", "4"];
let face; // what the card shows: which question, and whether it is revealed
let since = 0; // when the card came to show it
let isWatching = false;

export default function () {
  if (isWatching) return;
  isWatching = true;
  look();
  const changes = { childList: true, subtree: true, characterData: true };
  new MutationObserver(look).observe(document.body, changes);
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("click", onClick, true);
}

function card() {
  return document.querySelector(CARD);
}

function look() {
  const shown = card();
  const title = shown?.querySelector("h3")?.textContent;
  const now = title && `${title} ${!!shown.querySelector(".st-key-rate-1")}`;
  if (now === face) return;
  const isFirst = !face; // no press was meant for what was there before
  face = now;
  if (isFirst || !now) return;
  since = performance.now();
  shown.style.pointerEvents = "none";
  setTimeout(() => shown.style.removeProperty("pointer-events"), A_MOMENT);
}

function isTooSoon(event) {
  return event.timeStamp < since + A_MOMENT;
}

function refuse(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function onKey(event) {
  if (!card() || ![" ", "Enter", ...RATINGS].includes(event.key)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || isTypedInto(event.target)) return;
  if (event.repeat) refuse(event);
  else if (event.key === "Enter") return;
  else if (isTooSoon(event)) refuse(event);
  else if (isTick(event.target) && RATINGS.includes(event.key)) {
    // Streamlit leaves keys that are pressed in a field to the field, and takes a tick for one.
    refuse(event);
    card().querySelector(`.st-key-rate-${event.key} button`)?.click();
  }
}

function onClick(event) {
  const button = event.target.closest?.(BUTTON);
  if (button && card()?.contains(button) && (event.detail > 1 || isTooSoon(event))) refuse(event);
}

function isTick(target) {
  return target.matches?.("input[type=checkbox]");
}

function isTypedInto(target) {
  const field = "input, textarea, select, [contenteditable=true], [role=dialog] *";
  return target.matches?.(field) && !isTick(target);
}
