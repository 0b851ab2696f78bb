// The chat page: what is said goes out by POST, what is answered comes as server-sent events.

import { Post, address, newId, store, upload } from "./post.js";
import { Talk } from "./bubbles.js";
import { record } from "./voice.js";

const at = (id) => document.getElementById(id);
const page = document.body.dataset;
const words = JSON.parse(at("words").textContent);
const text = at("text");
let last = 0; // seq of the last message seen
let events = null;
let dots = 0;
let answers = 0; // how many messages came while this page is open

const talk = new Talk(at("log"), at("new"), words, { tap, sheet: (data, values, button) => tap(data, button, { values }), place, record: speakInto, command: (text) => say({ text }), watched: Boolean(page.phone) });
const post = new Post({
  kept(message) {
    talk.mark(message.id, "");
    notice("");
    clearTimeout(dots);
    if (message.heard === answers) dots = setTimeout(() => talk.writing(true), 700);
  },
  refused(message, said) {
    talk.mark(message.id, said || words.again);
    if (message.text && !text.value) text.value = message.text;
    notice(said || "");
  },
  waiting(said) {
    post.waiting.forEach((message) => talk.mark(message.id, words.waiting));
    notice(said || words.offline);
  },
});

function say(said, shown = {}) {
  const message = { id: newId(), after: last, language: document.documentElement.lang, at: Date.now(), heard: answers, ...said };
  if (said.location || said.photo || (said.text && !said.text.startsWith("/"))) talk.own({ own: message.id, ...said, ...shown }, words.sending);
  post.say(message);
}

function tap(data, button, beside = {}) {
  if (button.classList.contains("pressed")) return;
  button.classList.add("pressed");
  talk.near = true; // wherever in a long menu it was: its answer is what they wait for
  setTimeout(() => button.classList.remove("pressed"), 4000);
  say({ tap: data, ...beside });
}

function place(button) {
  const failed = () => { button.classList.remove("pressed"); notice(words.no_place, 8000); };
  if (!navigator.geolocation) return failed();
  button.classList.add("pressed");
  return navigator.geolocation.getCurrentPosition(({ coords }) => {
    button.classList.remove("pressed");
    say({ location: [coords.latitude, coords.longitude] });
  }, failed, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
}

async function attach(file) {
  const own = newId();
  const shown = { image: { picture: URL.createObjectURL(file) }, audio: { recorded: true } }[file.type.split("/")[0]];
  talk.own({ own, ...(shown || { name: file.name }) }, words.sending);
  const send = async () => {
    talk.mark(own, words.sending);
    try {
      const sent = await upload(file);
      post.say({ id: own, after: last, language: document.documentElement.lang, at: Date.now(), heard: answers, ...sent });
    } catch (error) {
      talk.mark(own, error instanceof TypeError ? words.file_failed : error.message || words.file_failed, send);
    }
  };
  await send();
}

// Pressed once it records, pressed again it sends.
async function speakInto(button) {
  if (button.stop) return button.stop();
  const said = button.textContent;
  const begun = () => { button.textContent = words.stop; button.classList.add("recording"); };
  const recorded = await record(button, begun).catch(() => null);
  button.stop = null;
  button.textContent = said;
  button.classList.remove("recording");
  return recorded ? attach(recorded) : notice(words.no_microphone, 8000);
}

function submit(event) {
  event?.preventDefault();
  const written = text.value.trim();
  if (!written) return;
  text.value = "";
  store.remove("draft");
  grow();
  say({ text: written });
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 132)}px`;
}

let quiet = 0;
function notice(said, forMs = 0) {
  at("notice").textContent = said;
  at("notice").hidden = !said;
  clearTimeout(quiet);
  if (forMs) quiet = setTimeout(() => notice(""), forMs);
}

function state(name, said) {
  at("state").dataset.state = name;
  if (at("state").textContent !== said) at("state").textContent = said;
}

function speak(lang, spoken) {
  document.documentElement.lang = lang;
  Object.assign(words, spoken);
  document.title = words.title;
  document.querySelectorAll("[data-word]").forEach((element) => { element.textContent = words[element.dataset.word]; });
  document.querySelectorAll("[data-label]").forEach((element) => {
    element.ariaLabel = words[element.dataset.label];
    if (element.title) element.title = words[element.dataset.label];
  });
  text.placeholder = words.write;
  state("connected", words.connected);
}

function listen() {
  events?.close();
  events = new EventSource(address("/chat/events", { after: last }));
  events.onopen = () => { state("connected", words.connected); post.go(); };
  events.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.seq <= last) return;
    last = message.seq;
    answers += 1;
    clearTimeout(dots);
    talk.writing(false);
    document.querySelectorAll(".pressed").forEach((button) => button.classList.remove("pressed"));
    talk.show(message);
    page.heard = String(answers);
    page.seq = String(last);
  };
  events.addEventListener("words", ({ data }) => { const { lang, words: spoken } = JSON.parse(data); speak(lang, spoken); });
  events.onerror = () => {
    state("connecting", words.connecting);
    // The browser comes back by itself, except after a refusal.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => document.hidden || listen(), 3000);
  };
}

async function before() {
  for (let pause = 1; ; pause = Math.min(pause * 2, 15)) {
    try {
      const answer = await fetch(address("/chat/history"));
      if (answer.ok) return await answer.json();
      notice((await answer.json()).message);
    } catch {
      state("connecting", words.connecting);
    }
    await new Promise((resolve) => { setTimeout(resolve, pause * 1000); });
  }
}

async function open() {
  const { messages, last: seen } = await before();
  messages.forEach((message) => (message.own ? talk.own(message) : talk.show(message)));
  post.waiting.forEach((message) => { if (message.text && !message.text.startsWith("/")) talk.own({ own: message.id, ...message }, words.waiting); });
  last = seen;
  page.known = String(messages.length);
  page.heard = "0";
  page.seq = String(last);
  talk.toNewest();
  at("log").ariaBusy = "false";
  if (page.start || (!messages.length && !post.waiting.length)) say({ start: page.start });
  if (page.start) history.replaceState(null, "", page.phone ? `/chat?phone=${page.phone}` : "/chat");
  listen();
}

// A hidden page holds no connection: a browser has only six for one site.
let away = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(away);
  if (document.hidden) away = setTimeout(() => { events?.close(); events = null; }, 20000);
  else if (at("log").ariaBusy === "false" && !events) listen();
});

at("form").addEventListener("submit", submit);
at("menu").addEventListener("click", () => say({ text: "/menu" }));
at("back").addEventListener("click", () => say({ text: "/back" }));
at("place").addEventListener("click", () => place(at("place")));
at("photo").addEventListener("click", () => at("file").click());
at("file").addEventListener("change", () => {
  [...at("file").files].forEach(attach);
  at("file").value = "";
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
});
text.addEventListener("input", () => { store.set("draft", text.value); grow(); });

// Where the keyboard covers the page instead of shrinking it (iOS), the page shrinks itself.
window.visualViewport?.addEventListener("resize", () => {
  document.documentElement.style.setProperty("--height", `${window.visualViewport.height}px`);
  window.scrollTo(0, 0);
});

text.value = store.get("draft") || "";
grow();
open();
