// Counts down without the server: a run of the page only says how much is left and whether it runs.
const running = new WeakMap(); // each mounted countdown's interval
let stamp, drawnAt; // a countdown drawn again from the same run must not start over

export default function ({ data, parentElement }) {
  clearInterval(running.get(parentElement));
  if (data.stamp !== stamp) [stamp, drawnAt] = [data.stamp, Date.now()];
  const began = drawnAt;
  const show = build(parentElement, data);
  const tick = () => {
    const passed = data.running ? (Date.now() - began) / 1000 : 0;
    show(data.remaining - passed);
  };
  tick();
  if (data.running) running.set(parentElement, setInterval(tick, 250));
  return () => clearInterval(running.get(parentElement));
}

function build(parentElement, data) {
  parentElement.querySelector(".countdown")?.remove();
  const root = add(parentElement, "div", "countdown");
  const time = add(root, "div", "time");
  time.setAttribute("role", "timer");
  time.setAttribute("aria-label", data.label);
  const state = add(root, "div", "state");
  const list = data.stages.length ? add(root, "ol", "stages") : null;
  const items = data.stages.map(([title, seconds]) => {
    const item = add(list, "li");
    add(item, "span").textContent = title;
    add(item, "span", "given").textContent = words(seconds);
    return item;
  });
  return (remaining) => {
    const left = Math.round(remaining);
    time.textContent = words(left);
    root.classList.toggle("over", left < 0);
    state.textContent = data.running ? (left < 0 ? "over time" : "left") : "paused";
    let ends = 0;
    const elapsed = data.budget - remaining;
    items.forEach((item, i) => {
      const begins = ends;
      ends += data.stages[i][1];
      const isNow = elapsed < ends && (elapsed >= begins || i === 0);
      item.classList.toggle("past", elapsed >= ends);
      if (isNow) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
      const given = words(data.stages[i][1]);
      item.lastChild.textContent = isNow ? `${words(Math.round(ends - elapsed))} left` : given;
    });
  };
}

function add(parent, tag, className = "") {
  const element = document.createElement(tag);
  element.className = className;
  return parent.appendChild(element);
}

function words(seconds) {
  const whole = Math.abs(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  const text = hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
  return (seconds < 0 ? "−" : "") + text;
}
