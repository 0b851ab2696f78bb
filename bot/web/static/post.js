// Keeps what was said until the server has it: nothing typed is lost, whatever happens to the connection or the page.

const page = document.body.dataset;
const shelf = `mrgvali:${page.phone}:`;

export function address(path, more = {}) {
  const query = new URLSearchParams({ lang: document.documentElement.lang, ...more });
  if (page.phone) query.set("phone", page.phone);
  return `${path}?${query}`;
}

// A browser that keeps nothing (private mode, full disk) still has the list in memory.
export const store = {
  set(name, value) { try { localStorage.setItem(shelf + name, value); } catch { /* in memory only */ } },
  get(name) { try { return localStorage.getItem(shelf + name); } catch { return null; } },
  remove(name) { try { localStorage.removeItem(shelf + name); } catch { /* in memory only */ } },
  names() { try { return Object.keys(localStorage).filter((key) => key.startsWith(shelf)).map((key) => key.slice(shelf.length)); } catch { return []; } },
};

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export class Post {
  // told.kept(message), told.refused(message, words), told.waiting(words or null)
  constructor(told) {
    this.told = told;
    this.waiting = this.left();
    this.busy = false;
    this.wake = () => {};
    window.addEventListener("online", () => this.wake());
  }

  left() {
    const kept = store.names().filter((name) => name.startsWith("say:")).map((name) => JSON.parse(store.get(name)));
    return kept.sort((one, other) => one.at - other.at);
  }

  say(message) {
    this.waiting.push(message);
    store.set(`say:${message.id}`, JSON.stringify(message));
    this.go();
  }

  async go() {
    this.wake();
    if (this.busy) return;
    this.busy = true;
    let pause = 1;
    while (this.waiting.length) {
      const message = this.waiting[0];
      const { status, words, after } = await this.post(message);
      if (status === 202) {
        this.done(message);
        this.told.kept(message);
        pause = 1;
      } else if (status >= 400 && status < 500 && status !== 429 && status !== 408) {
        this.done(message);
        this.told.refused(message, words);
      } else {
        this.told.waiting(words);
        await this.sleep(after || pause);
        pause = Math.min(pause * 2, 20);
      }
    }
    this.busy = false;
  }

  done(message) {
    this.waiting.shift();
    store.remove(`say:${message.id}`);
  }

  async post(message) {
    const { at, heard, ...body } = message;
    try {
      const answer = await fetch(address("/chat/messages"), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(20000),
      });
      const said = await answer.json().catch(() => ({}));
      return { status: answer.status, words: said.message || null, after: Number(answer.headers.get("Retry-After")) };
    } catch {
      return { status: 0, words: null, after: 0 };
    }
  }

  sleep(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.wake = () => { clearTimeout(timer); resolve(); };
    });
  }
}

const LONGEST_SIDE = 2048;

// A phone's photo is many megabytes; a village's connection is not. What the browser cannot open goes as it is.
async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size < 1_000_000) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return (await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85))) || file;
  } catch {
    return file;
  }
}

const TYPES = { csv: "text/csv" };

const ROUTES = { image: "/chat/photos", audio: "/chat/voices" };

// Gives {photo: id}, {voice: id}, or {document: id, name}.
export async function upload(file) {
  const kind = file.type.split("/")[0];
  const answer = await fetch(address(ROUTES[kind] || "/chat/documents"), {
    method: "POST",
    headers: { "Content-Type": ROUTES[kind] ? file.type : TYPES[file.name.split(".").pop().toLowerCase()] || "application/octet-stream" },
    body: kind === "image" ? await smaller(file) : file,
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.message);
  return ROUTES[kind] ? said : { ...said, name: file.name.slice(-100) };
}
