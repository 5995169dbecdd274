// Tells the page which heading has been reached, and how long the article was looked at.
const SETTLES_AFTER = 1200; // milliseconds without scrolling
const REPORTS_EVERY = 30; // seconds of reading
const SCROLLED = { capture: true, passive: true }; // also in a part that scrolls by itself
const AWAY_AFTER = 120000; // milliseconds without any sign of a reader

// The address followed last: a later run with the same one must not jump again.
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
    if (!data.counts || document.visibilityState !== "visible" || Date.now() - lastSign > AWAY_AFTER) return;
    seconds += 1;
    if (seconds === REPORTS_EVERY) {
      setTriggerValue("seconds", seconds);
      seconds = 0;
    }
  }, 1000);

  const goTo = () => {
    wentTo = location.href;
    const id = decodeURIComponent(location.hash.slice(1)) || data.go_to;
    if (known.has(id)) hold(main, id);
  };
  // A link to the very place one came from changes no address.
  const onClick = ({ target }) => target.closest?.("a")?.href === location.href && goTo();

  if (location.href !== wentTo) goTo();
  main.addEventListener("scroll", onScroll, SCROLLED);
  window.addEventListener("hashchange", goTo);
  document.addEventListener("click", onClick);
  for (const sign of ["pointermove", "keydown"]) document.addEventListener(sign, onSign);
  return () => {
    clearTimeout(timer);
    clearInterval(tick);
    main.removeEventListener("scroll", onScroll, SCROLLED);
    window.removeEventListener("hashchange", goTo);
    document.removeEventListener("click", onClick);
    for (const sign of ["pointermove", "keydown"]) document.removeEventListener(sign, onSign);
  };
}

// Brings a heading into view once it is drawn, and keeps it there while what stands above it is still
// growing (diagrams are drawn late), until the person does something.
let letGo = () => {};

function hold(main, id) {
  letGo();
  let frame;
  const look = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView());
  };
  const drawn = new MutationObserver(look);
  const grown = new ResizeObserver(look);
  letGo = () => {
    cancelAnimationFrame(frame);
    drawn.disconnect();
    grown.disconnect();
    for (const act of ACTS) document.removeEventListener(act, letGo, true);
  };
  drawn.observe(main, { childList: true, subtree: true, attributeFilter: ["id"] });
  for (const part of main.children) grown.observe(part);
  for (const act of ACTS) document.addEventListener(act, letGo, true);
  look();
}
const ACTS = ["wheel", "touchmove", "pointerdown", "keydown"];
