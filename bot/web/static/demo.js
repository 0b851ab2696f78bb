// The demo: moves the village's calendar and tells what happened.

const at = (id) => document.getElementById(id);
const words = JSON.parse(at("words").textContent);
const buttons = [...document.querySelectorAll("[data-by]"), at("reset")];
const lang = document.documentElement.lang;

// The ring and its legend move with what the village has done.
let drawn = "";
function turn({ ring, steps }) {
  if (drawn !== ring) at("ring").innerHTML = drawn = ring;
  [...at("steps").children].forEach((line, number) => {
    const { state } = steps[number];
    line.dataset.is = steps[number].is;
    line.title = state;
    line.querySelector("span").textContent = `: ${state}`;
  });
}

function show({ date, time, day, month, weekday, ...year }) {
  turn(year);
  const changed = at("day").textContent !== day || at("month").textContent !== month;
  at("today").textContent = `${date}, ${time}`;
  at("day").textContent = day;
  at("month").textContent = month;
  at("weekday").textContent = weekday;
  if (!changed) return;
  const leaf = document.querySelector(".leaf");
  leaf.classList.remove("turned");
  requestAnimationFrame(() => leaf.classList.add("turned"));
}

// While time passes, the days go by on the page.
async function look() {
  const answer = await fetch(`/demo/clock?lang=${lang}`).catch(() => null);
  if (answer?.ok && document.body.classList.contains("moving")) show(await answer.json());
}

async function ask(path, body) {
  buttons.forEach((button) => { button.ariaDisabled = "true"; });
  document.body.classList.add("moving");
  at("said").textContent = words.moving;
  const watch = setInterval(look, 400);
  try {
    const answer = await fetch(`${path}?lang=${lang}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const told = await answer.json();
    clearInterval(watch);
    if (answer.ok) show(told);
    at("said").textContent = told.said || told.message || "";
    return answer.ok;
  } catch {
    at("said").textContent = words.failed;
    return false;
  } finally {
    clearInterval(watch);
    document.body.classList.remove("moving");
    buttons.forEach((button) => { button.ariaDisabled = "false"; });
  }
}

// Somebody may have done a step on one of the phones.
setInterval(async () => {
  if (document.hidden || document.body.classList.contains("moving")) return;
  const answer = await fetch(`/demo/clock?lang=${lang}`).catch(() => null);
  if (answer?.ok) turn(await answer.json());
}, 5000);

document.querySelectorAll("[data-by]").forEach((button) => {
  button.addEventListener("click", () => button.ariaDisabled !== "true" && ask("/demo/clock", { by: button.dataset.by }));
});

at("reset").addEventListener("click", async () => {
  if (at("reset").ariaDisabled === "true" || !window.confirm(words.sure)) return;
  if (!(await ask("/demo/reset", {}))) return;
  Object.keys(localStorage).filter((name) => name.startsWith("mrgvali:")).forEach((name) => localStorage.removeItem(name));
  window.location.reload();
});

// On a narrow screen the phones lie in a row to be moved; the name of the first in sight is marked.
const tabs = [...document.querySelectorAll(".tabs a")];
const inSight = new Set();
const seen = new IntersectionObserver((entries) => {
  entries.forEach(({ isIntersecting, target }) => inSight[isIntersecting ? "add" : "delete"](`#${target.id}`));
  const first = tabs.find((tab) => inSight.has(tab.hash));
  tabs.forEach((tab) => { tab.ariaCurrent = tab === first ? "true" : null; });
}, { root: at("phones"), threshold: 0.6 });
document.querySelectorAll(".phone").forEach((phone) => seen.observe(phone));
tabs.forEach((tab) => tab.addEventListener("click", (event) => {
  event.preventDefault();
  document.querySelector(tab.hash).scrollIntoView({ behavior: "smooth", block: "nearest", inline: "center" });
}));
