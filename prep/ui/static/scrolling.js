// Brings the top of the page into view when the page has gone on to something else.
let shown; // what the page was scrolled for last

export default function ({ data }) {
  if (data.shown === shown) return;
  shown = data.shown;
  document.querySelector('[data-testid="stMain"]').scrollTo({ top: 0 });
}
