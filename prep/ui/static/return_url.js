// Keeps which page a visitor wanted before signing in, and goes there after: the provider sends
// everyone back to the first page.
const KEY = "prep-wanted";

export default function ({ data }) {
  const here = location.pathname + location.search + location.hash;
  if (!data.is_signed_in) {
    sessionStorage.setItem(KEY, here);
    return;
  }
  const wanted = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (wanted && wanted !== here) location.replace(location.origin + wanted);
}
