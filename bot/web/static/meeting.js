// Keeps what is entered until the server has it, in order and once; what is half typed is kept too.
import { newId } from "/static/post.js";

const page = document.body.dataset;
const shelf = `mrgvali:meeting:${page.meeting}:`;
const line = document.getElementById("line");
const list = document.getElementById("waiting");
let queue = JSON.parse(read("queue") || "[]");
const turnedAway = JSON.parse(read("refused") || "[]"); // stays to be read and written anew, also when the page is opened again
let busy = false;
let timer = null;

function read(name) { try { return localStorage.getItem(shelf + name); } catch { return null; } }
function write(name, value) { try { localStorage.setItem(shelf + name, value); } catch { /* in memory only */ } }
function remove(name) { try { localStorage.removeItem(shelf + name); } catch { /* in memory only */ } }

function enter(verb, body, words) {
  queue.push({ id: newId(), verb, body, at: new Date().toISOString(), words });
  keep();
  send();
}

function keep() {
  write("queue", JSON.stringify(queue));
  line.textContent = queue.length ? `${page.keptHere}: ${queue.length}` : page.allSent;
  line.classList.toggle("waiting", queue.length > 0);
  list.replaceChildren(...turnedAway.map((words) => row(words, "refused")));
  queue.forEach((each) => list.append(row(each.words, "kept")));
}

function row(words, kind) {
  const item = document.createElement("li");
  item.className = kind;
  item.textContent = words;
  return item;
}

async function send() {
  if (busy || !queue.length) return;
  busy = true;
  clearTimeout(timer);
  const part = queue.slice(0, 20);
  try {
    const answer = await fetch(`/workspace/meeting/${page.meeting}/entries`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Form-Token": page.token },
      body: JSON.stringify(part.map(({ words, ...entry }) => entry)),
      signal: AbortSignal.timeout(20000),
    });
    if (answer.status === 401 || answer.status === 403) {
      line.textContent = page.signIn;
      busy = false;
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const { kept, refused } = await answer.json();
    const done = new Set([...kept, ...Object.keys(refused)]);
    turnedAway.push(...part.filter((each) => refused[each.id]).map((each) => `${page.notTaken}: ${Object.values(each.body).join(" · ")} – ${refused[each.id]}`));
    write("refused", JSON.stringify(turnedAway));
    queue = queue.filter((each) => !done.has(each.id));
    keep();
    await renew();
  } catch {
    timer = setTimeout(send, 3000);
  }
  busy = false;
  if (queue.length && timer === null) send();
  timer = queue.length ? setTimeout(send, 3000) : null;
}

// What the server has now is shown in place; a part in which somebody is writing waits for the next time.
async function renew() {
  const answer = await fetch(location.pathname + location.search, { signal: AbortSignal.timeout(20000) });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelectorAll("[data-part]").forEach((part) => {
    const now = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    const written = [...part.querySelectorAll("textarea")].some((field) => field.value);
    if (now && !written) part.innerHTML = now.innerHTML;
  });
  document.getElementById("here").innerHTML = fresh.getElementById("here").innerHTML;
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const body = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  if ("due" in body) {
    if (body.due === "day") {
      if (!body.due_day) { form.elements.due_day.focus(); form.elements.due_day.required = true; form.reportValidity(); return; }
      body.due = body.due_day;
    }
    delete body.due_day;
  }
  if (!body.reply_name) { delete body.reply_sex; }
  const item = form.closest("[data-item]");
  if (item && form.dataset.verb !== "read_back") body.item = item.dataset.item;
  enter(form.dataset.verb, body, body.words || body.name || form.querySelector("button").textContent);
  forget(form);
  form.reset();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-verb]");
  if (!button || (button.dataset.sure && !confirm(button.dataset.sure))) return;
  const body = JSON.parse(button.dataset.body);
  button.disabled = true;
  enter(button.dataset.verb, body, [body.name, button.textContent].filter(Boolean).join(" – "));
});

// A name from the room brings along what is known of whoever bears it.
document.addEventListener("input", (event) => {
  const field = event.target;
  draft(field);
  if (field.getAttribute("list") !== "here") return;
  const known = [...document.querySelectorAll("#here option")].find((each) => each.value === field.value);
  const form = field.form.elements;
  const prefix = field.name.replace(/name$/, "");
  if (!known) return;
  if (form[`${prefix}sex`]) form[`${prefix}sex`].value = known.dataset.sex;
  if (form[`${prefix}office`] && !form[`${prefix}office`].value) form[`${prefix}office`].value = known.dataset.office;
  if (form[`${prefix}side`] && [...form[`${prefix}side`].options].some((each) => each.value === known.dataset.side)) form[`${prefix}side`].value = known.dataset.side;
});

function place(field) {
  const item = field.form.closest("[data-item]");
  return `draft:${item ? item.dataset.item : ""}:${field.form.dataset.verb}:${field.form.elements.promise?.value || ""}:${field.name}`;
}
function draft(field) { if (field.form && field.type !== "hidden") write(place(field), field.value); }
function forget(form) { [...form.elements].forEach((field) => field.name && remove(place(field))); }
document.querySelectorAll("form [name]").forEach((field) => {
  const before = field.type === "hidden" ? null : read(place(field));
  if (before) field.value = before;
});
window.addEventListener("online", send);
keep();
send();
