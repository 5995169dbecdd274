// Shows the time spent on what stands on the page, and counts on while the page is in use. A tab that
// goes tells nothing: what was typed last has to be sent then, and nothing may come between.
const REPORTS_EVERY = 20; // seconds
const AWAY_AFTER = 120000; // milliseconds without any sign of a person
const SIGNS = ["pointermove", "pointerdown", "keydown", "scroll", "touchmove"];

let about; // what the seconds below were counted for
let notTold = 0; // seconds counted since the last report
let shown = 0; // seconds that stood on the page last

export default function ({ data, parentElement, setTriggerValue }) {
  if (about !== data.about) [about, notTold, shown] = [data.about, 0, 0];
  let lastSign = Date.now();
  const root = build(parentElement, data);

  const draw = (isRunning) => {
    shown = Math.max(shown, data.seconds + notTold); // a report on its way takes nothing back
    root.time.textContent = words(shown);
    root.state.textContent = isRunning ? data.running : data.paused;
    root.element.classList.toggle("paused", !isRunning);
  };
  const report = () => {
    if (!notTold) return;
    const seconds = notTold;
    notTold = 0;
    setTriggerValue("counted", { seconds, at: Date.now() });
  };
  const isInUse = () =>
    document.visibilityState === "visible" && Date.now() - lastSign < AWAY_AFTER;
  const tick = setInterval(() => {
    const isRunning = isInUse();
    if (isRunning) notTold += 1;
    draw(isRunning);
    if (notTold >= REPORTS_EVERY) report();
  }, 1000);
  const onSign = () => (lastSign = Date.now());

  draw(isInUse());
  for (const sign of SIGNS) document.addEventListener(sign, onSign, { capture: true, passive: true });
  return () => {
    clearInterval(tick);
    for (const sign of SIGNS) document.removeEventListener(sign, onSign, { capture: true });
  };
}

function build(parentElement, data) {
  const element = parentElement.querySelector(".stopwatch") ?? document.createElement("div");
  element.className = "stopwatch";
  element.replaceChildren();
  const time = element.appendChild(document.createElement("span"));
  time.className = "time";
  time.setAttribute("role", "timer");
  time.setAttribute("aria-label", data.label);
  const state = element.appendChild(document.createElement("span"));
  state.className = "state";
  parentElement.appendChild(element);
  return { element, time, state };
}

function words(seconds) {
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    Math.floor(seconds) % 60,
  ];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
