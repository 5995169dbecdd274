// Tells the page which heading has been reached, and how long the article was looked at.
const SETTLES_AFTER = 1200; // milliseconds without scrolling
const REPORTS_EVERY = 30; // seconds of reading
const AWAY_AFTER = 120000; // milliseconds without any sign of a reader

// The section asked for last: a later run with the same one must not jump again.
let wentTo;

export default function ({ data, setTriggerValue }) {
  const main = document.querySelector('[data-testid="stMain"]');
  const known = new Set(data.anchors);
  let timer, reached, seconds = 0, lastSign = Date.now();

  const lastHeadingPassed = () => {
    const line = main.getBoundingClientRect().top + main.clientHeight / 3;
    const passed = [...main.querySelectorAll("h2[id], h3[id], h4[id]")].filter(
      (heading) => known.has(heading.id) && heading.getBoundingClientRect().top < line
    );
    return passed.at(-1)?.id;
  };
  const report = () => {
    const now = lastHeadingPassed();
    if (now && now !== reached) setTriggerValue("place", (reached = now));
  };
  const onScroll = () => {
    lastSign = Date.now();
    clearTimeout(timer);
    timer = setTimeout(report, SETTLES_AFTER);
  };
  const onSign = () => (lastSign = Date.now());
  const tick = setInterval(() => {
    if (document.visibilityState !== "visible" || Date.now() - lastSign > AWAY_AFTER) return;
    seconds += 1;
    if (seconds === REPORTS_EVERY) {
      setTriggerValue("seconds", seconds);
      seconds = 0;
    }
  }, 1000);

  if (data.go_to && location.href !== wentTo) {
    wentTo = location.href;
    if (known.has(data.go_to)) whenDrawn(data.go_to, (heading) => heading.scrollIntoView());
  }
  main.addEventListener("scroll", onScroll, { passive: true });
  for (const sign of ["pointermove", "keydown"]) document.addEventListener(sign, onSign);
  return () => {
    clearTimeout(timer);
    clearInterval(tick);
    main.removeEventListener("scroll", onScroll);
    for (const sign of ["pointermove", "keydown"]) document.removeEventListener(sign, onSign);
  };
}

// Diagrams above a heading push it down as they are drawn: look again until it rests.
function whenDrawn(id, act) {
  let rest = 20, last;
  const look = setInterval(() => {
    const heading = document.getElementById(id);
    const top = heading?.offsetTop;
    if (heading && top !== last) act(heading);
    last = top;
    if (--rest === 0) clearInterval(look);
  }, 100);
}
