// Closes the menu where it lies over the page, as on a phone, once it has led somewhere.
const LEADS_ON = '[data-testid="stSidebar"] a[href], [role="dialog"] a[href]';

export default function () {
  document.addEventListener("click", onClick); // one and the same: added again, it is there once
}

function onClick({ target }) {
  if (target.closest(LEADS_ON) && liesOverPage()) setTimeout(close);
}

function liesOverPage() {
  const [menu, page] = ["stSidebar", "stMain"].map(box);
  return menu && page && menu.right > page.left + 1 && menu.width > 0;
}

function box(name) {
  return document.querySelector(`[data-testid="${name}"]`)?.getBoundingClientRect();
}

function close() {
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}
