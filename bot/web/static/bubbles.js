// Draws the talk. A message is what the server wrote: {seq, text, rows, photo, document, voice, edits, closes, answered, removes, clears, sheet, alt}.

import { address } from "./post.js";
import { sheet } from "./sheet.js";

const LIVE = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)]|(?<![\w/])\/(?:menu|back|cancel|help|language|mydata|forget)\b)/;

const MARK = /^[,.;:!?)“”]*/;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// The words as they are; only addresses become links, and our commands can be pressed.
function live(text, say) {
  const parts = text.split(LIVE), commands = parts.map((part, number) => number % 2 === 1 && part.startsWith("/"));
  return parts.map((part, number) => {
    if (commands[number]) return command(part, MARK.exec(parts[number + 1])[0], say);
    if (number % 2 === 0) return commands[number - 1] ? part.replace(MARK, "") : part;
    return make("a", { href: part, target: "_blank", rel: "noopener noreferrer", textContent: part });
  });
}

// No line breaks between it and the comma after it.
function command(part, mark, say) {
  const button = make("button", { type: "button", className: "command", textContent: part, onclick: () => say(part) });
  return mark ? make("span", { className: "together" }, button, mark) : button;
}

export class Talk {
  // on.tap(data, button), on.sheet(data, values, button), on.place(button), on.record(button), on.command(text); on.watched in the demo
  constructor(log, newer, words, on) {
    Object.assign(this, { log, newer, words, on, bySeq: new Map(), mine: new Map(), refocus: false, near: true, put: 0, lastSaid: "" });
    newer.addEventListener("click", () => this.toEnd());
    log.addEventListener("scroll", () => {
      if (Math.abs(log.scrollTop - this.put) < 2) return; // our own doing
      this.near = this.atEnd();
      if (this.near) newer.hidden = true;
    }, { passive: true });
    // The keyboard opens: the last words stay in sight.
    new ResizeObserver(() => { if (this.near) this.toEnd(); }).observe(log);
  }

  show(message) {
    const stay = this.near;
    if (message.clears) this.clear();
    for (const seq of message.removes || []) this.bySeq.get(seq)?.remove();
    if (message.closes) this.close(message.closes, message.answered);
    const known = message.edits && this.bySeq.get(message.edits);
    if (known) {
      this.bySeq.set(message.seq, known);
      this.fill(known, message);
      if (this.onWrong(known)) return undefined;
    } else if (message.text || message.photo || message.document || message.rows) {
      const turn = make("div", { className: "turn them" });
      this.bySeq.set(message.seq, turn);
      this.fill(turn, message);
      this.add(turn);
      this.refocusOn(turn);
      if (stay && turn.offsetHeight > this.log.clientHeight) return this.toTop(turn);
    }
    return this.follow(stay);
  }

  // What was said before goes from the screen, in every window that is open.
  clear() {
    this.log.replaceChildren();
    this.bySeq.clear();
    this.mine.clear();
    this.lastSaid = "";
  }

  // Fills a turn anew; whoever was on one of its buttons by keyboard stays on it.
  fill(turn, message) {
    const focused = turn.contains(document.activeElement) ? document.activeElement.dataset.data : null;
    const bubble = make("div", { className: "bubble" }, this.who(this.words.name));
    if (message.photo) bubble.append(this.picture(address(`/media/${message.photo}`), message.alt));
    if (message.text) bubble.append(this.text(message.text));
    if (message.document) bubble.append(this.document(message.document));
    if (message.voice) bubble.append(this.recording(message.voice));
    turn.replaceChildren(bubble);
    if (message.sheet) turn.append(sheet(message.sheet, this.words, this.on.sheet));
    if (message.rows && message.rows.length) turn.append(this.buttons(message.rows));
    if (focused) (turn.querySelector(`[data-data="${CSS.escape(focused)}"]`) || turn.querySelector(".choice") || this.log).focus({ preventScroll: true });
  }

  // A sheet came back: whoever sent it goes on at the first field that is to be mended.
  onWrong(turn) {
    const wrong = turn.querySelector("[aria-invalid]");
    if (!wrong) return false;
    wrong.focus({ preventScroll: true });
    wrong.closest(".field").scrollIntoView({ block: "center" });
    return true;
  }

  // The button that had the focus is gone: it goes on to the next question, not to the top of the page.
  refocusOn(turn) {
    if (!this.refocus) return;
    this.refocus = false;
    (turn.querySelector(".sheet input, .sheet select, .sheet textarea, .choice") || this.log).focus({ preventScroll: true });
  }

  close(seq, answered) {
    const turn = this.bySeq.get(seq);
    if (!turn) return;
    const filled = turn.querySelector(".sheet");
    if (filled) {
      if (filled.contains(document.activeElement)) this.refocus = true;
      filled.forget();
      filled.remove();
    }
    const buttons = turn.querySelector(".buttons");
    if (buttons) {
      if (buttons.querySelector(":focus-visible")) this.refocus = true;
      buttons.remove();
    }
    if (answered && !this.repeats(answered) && !turn.querySelector(".answered")) turn.append(make("p", { className: "answered", dir: "auto", textContent: answered }));
  }

  // Typed words stand in their own bubble; under the question they would stand twice.
  repeats(answered) {
    const words = answered.replace(/^✓\s*/, "").replace(/…$/, "").trim();
    return words !== "" && this.lastSaid.startsWith(words);
  }

  own(said, state = "") {
    if (this.mine.has(said.own)) return;
    this.lastSaid = said.text || "";
    const bubble = make("div", { className: "bubble" }, this.who(this.words.you));
    if (said.photo || said.picture) bubble.append(this.picture(said.picture || address(`/media/${said.photo}`)));
    if (said.text) bubble.append(this.text(said.text));
    if (said.voice || said.recorded) bubble.append(make("p", { className: "text", textContent: `🎤 ${this.words.voice}` }));
    if (said.name) bubble.append(make("p", { className: "text", dir: "auto", textContent: `📄 ${said.name}` }));
    if (said.location) bubble.append(make("p", { className: "text", textContent: `📍 ${this.words.location}` }));
    const turn = make("div", { className: "turn you" }, bubble, make("p", { className: "mark", textContent: state }));
    this.mine.set(said.own, turn);
    this.add(turn);
    this.follow(true);
  }

  mark(id, state, again) {
    const mark = this.mine.get(id)?.querySelector(".mark");
    if (!mark) return;
    mark.replaceChildren(state);
    if (again) mark.append(" ", make("button", { type: "button", className: "again", textContent: this.words.again, onclick: again }));
  }

  writing(now) {
    const dots = this.log.querySelector(".writing");
    if (!now) return dots?.remove();
    if (dots) return undefined;
    const stay = this.near;
    this.log.append(make("div", { className: "turn them writing", ariaHidden: "true" }, make("div", { className: "bubble" }, make("i"), make("i"), make("i"))));
    return this.follow(stay, false);
  }

  add(turn) {
    const dots = this.log.querySelector(".writing");
    if (dots) dots.before(turn);
    else this.log.append(turn);
  }

  who(name) {
    return make("span", { className: "hidden", textContent: `${name}: ` });
  }

  text(words) {
    return make("p", { className: "text", dir: "auto" }, ...live(words, this.on.command));
  }

  picture(src, shows) {
    const image = make("img", { src, alt: shows || this.words.picture, onload: () => this.follow(this.near) });
    return make("a", { className: "picture", href: src, target: "_blank", rel: "noopener" }, image);
  }

  document(id) {
    return make("a", { className: "document", href: address(`/media/${id}`), target: "_blank", rel: "noopener", textContent: `📄 ${this.words.document}` });
  }

  recording(id) {
    return make("audio", { className: "recording", controls: true, preload: "none", src: address(`/media/${id}`), ariaLabel: this.words.voice });
  }

  // Not announced with the message: a screen reader would read a long list of choices in one breath.
  buttons(rows) {
    const box = make("div", { className: "buttons" }, ...rows.map((row) => make("div", { className: "row" }, ...row.map((button) => this.button(button)))));
    box.setAttribute("aria-live", "off");
    return box;
  }

  button([text, data, kind]) {
    if (kind === "url") {
      const href = /^https?:\/\//.test(data) ? data : "#";
      return make("a", { className: "choice", href, target: "_blank", rel: "noopener noreferrer", textContent: text });
    }
    const button = make("button", { type: "button", className: "choice", textContent: text });
    button.dataset.data = data;
    if (/:!(back|cancel)$/.test(data)) button.classList.add("quiet"); // beside the answers, not one of them
    const does = { location: this.on.place, voice: this.on.record }[kind];
    button.addEventListener("click", () => (does ? does(button) : this.on.tap(data, button)));
    return button;
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 90;
  }

  follow(stay, tell = true) {
    if (stay) this.toEnd();
    else if (tell) this.newer.hidden = false;
  }

  // Where whoever opens the page goes on: at the last question.
  toNewest() {
    this.toEnd();
    const turn = this.log.querySelector(".turn:last-of-type");
    if (turn && turn.offsetHeight > this.log.clientHeight) this.toTop(turn);
  }

  // What is longer than the screen is read from its beginning; in the demo nobody reads, and what comes next is shown.
  toTop(turn) {
    this.log.scrollTop = turn.offsetTop - this.log.offsetTop - 8;
    this.put = this.log.scrollTop;
    this.near = this.on.watched;
  }

  toEnd() {
    this.newer.hidden = true;
    this.near = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.put = this.log.scrollTop;
  }
}
