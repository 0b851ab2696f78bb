// Keeps what is entered until the server has it, in order and once; what is half typed is kept too.
import { newId } from "/static/post.js";
import { record } from "/static/voice.js";
import { sounds } from "/static/sounds.js";

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
    for (const each of part) if (each.body.voice) await sendSound(each);
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

// A recording goes before the entry that names it; one that cannot be taken holds up nothing but itself.
async function sendSound(entry) {
  const sound = await sounds.get(entry.body.voice);
  if (!sound) return;
  const answer = await fetch(`/workspace/meeting/${page.meeting}/voices/${entry.body.voice}`, {
    method: "POST",
    headers: { "Content-Type": sound.type.split(";")[0], "X-Form-Token": page.token },
    body: sound,
    signal: AbortSignal.timeout(120000),
  });
  if (!answer.ok && ![400, 404, 413, 415].includes(answer.status)) throw new Error(String(answer.status));
  if (!answer.ok) {
    const said = await answer.json().catch(() => ({}));
    turnedAway.push(`${page.notTaken}: ${entry.words} – ${said.message || answer.status}`);
    write("refused", JSON.stringify(turnedAway));
    delete entry.body.voice;
    write("queue", JSON.stringify(queue));
  }
  await sounds.remove(sound.name);
}

// What the server has now is shown in place; a part in which somebody is writing waits for the next time.
async function renew() {
  const answer = await fetch(location.pathname + location.search, { signal: AbortSignal.timeout(20000) });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelectorAll("[data-part]").forEach((part) => {
    const now = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    const written = [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value !== field.defaultValue) || part.querySelector("[aria-pressed=true]");
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
    } else if (body.corrects && body.due_day) body.due = body.due_day;
    delete body.due_day;
  }
  if (!body.reply_name) { delete body.reply_sex; }
  const item = form.closest("[data-item]");
  if (item && form.dataset.verb !== "read_back") body.item = item.dataset.item;
  enter(form.dataset.verb, body, body.words || body.name || form.querySelector("button").textContent);
  forget(form);
  if ("keeps" in form.dataset) [...form.elements].forEach((field) => { field.defaultValue = field.value; });
  else form.reset();
});

// The recording lies on this phone until the server has it; the form only names it.
function hold(box, sound) {
  const field = box.querySelector("[name=voice]");
  if (sound) {
    field.value = newId().replaceAll("-", "");
    sounds.set(field.value, new File([sound], field.value, { type: sound.type }));
  } else {
    sounds.remove(field.value);
    field.value = "";
  }
  draft(field);
  box.querySelector(".recorded").hidden = !sound;
}
async function take(button) {
  if (button.stop) { button.stop(); return; }
  const box = button.closest(".voice");
  box.querySelector(".none").hidden = true;
  const begun = () => { button.textContent = box.dataset.stop; button.setAttribute("aria-pressed", "true"); };
  const sound = await record(button, begun).catch(() => null);
  button.stop = null;
  button.textContent = box.dataset.record;
  button.removeAttribute("aria-pressed");
  if (sound?.size) hold(box, sound);
  else box.querySelector(".none").hidden = false;
}
document.addEventListener("click", ({ target }) => {
  if (target.matches(".voice .record")) take(target);
  if (target.matches(".voice .drop")) hold(target.closest(".voice"), null);
});
document.addEventListener("change", ({ target }) => {
  if (!target.matches(".voice [type=file]") || !target.files[0]) return;
  hold(target.closest(".voice"), target.files[0]);
  target.value = "";
});
document.addEventListener("reset", ({ target }) => target.querySelectorAll(".recorded").forEach((each) => { each.hidden = true; }));

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
  return `draft:${item ? item.dataset.item : ""}:${field.form.dataset.verb}:${(field.form.elements.promise || field.form.elements.corrects)?.value || ""}:${field.name}`;
}
function draft(field) { if (field.form && field.name && field.type !== "hidden") write(place(field), field.value); }
function forget(form) { [...form.elements].forEach((field) => field.name && remove(place(field))); }
document.querySelectorAll("form [name]").forEach((field) => {
  const before = field.type === "hidden" ? null : read(place(field));
  if (before) field.value = before;
  if (before && field.name === "voice") field.closest(".voice").querySelector(".recorded").hidden = false;
});
window.addEventListener("online", send);
keep();
send();

document.body.dataset.ready = ""; // until now a press would have been lost
