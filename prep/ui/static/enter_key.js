// Tells the page when Enter is pressed in a line, and what stood there: Streamlit tells a text that
// was entered and one at which the person paused apart for no one.
let focused; // the line that was given the focus: a run of the page does not take it back

export default function ({ data, setTriggerValue }) {
  const { field, takes_focus } = data;
  const line = () => document.querySelector(`.st-key-${field} input`);
  const onKey = (event) => {
    const { key, repeat, isComposing, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    if (key !== "Enter" || repeat || isComposing || ctrlKey || metaKey || altKey || shiftKey) return;
    if (target === line()) setTriggerValue("entered", { field, text: target.value });
  };
  if (takes_focus && focused !== field && line()) {
    focused = field;
    line().focus();
  }
  document.addEventListener("keydown", onKey, true);
  return () => document.removeEventListener("keydown", onKey, true);
}
