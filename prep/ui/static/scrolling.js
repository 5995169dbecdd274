// Brings the top of the page, or a part of it, into view when it has gone on to something else.
const shown = new Map(); // what each was scrolled for last, by the key of the part

export default function ({ data }) {
  if (data.shown === shown.get(data.target)) return;
  shown.set(data.target, data.shown);
  if (data.target === null) document.querySelector('[data-testid="stMain"]').scrollTo({ top: 0 });
  else if (data.shown !== null) bringIntoView(document.querySelector(`.st-key-${data.target}`));
}

function bringIntoView(part) {
  const { top } = part.getBoundingClientRect();
  if (top >= 0 && top < window.innerHeight / 2) return;
  part.style.scrollMarginTop = "4rem"; // below the header
  part.scrollIntoView({ block: "start" });
}
