// Asks for the rest of the page once what was just drawn is on the screen.
const asked = new Set(); // what was asked for already

export default function ({ data, setTriggerValue }) {
  if (asked.has(data.version)) return;
  asked.add(data.version);
  requestAnimationFrame(() => setTimeout(() => setTriggerValue("drawn", data.version)));
}
