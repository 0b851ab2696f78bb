// Draws the talk. A message is what the server wrote: {seq, text, rows, photo, document, edits, closes, answered}.

import { address } from "./post.js";

const LINK = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// The words as they are; only addresses become links.
function withLinks(text) {
  return text.split(LINK).map((part, number) =>
    number % 2 ? make("a", { href: part, target: "_blank", rel: "noopener noreferrer", textContent: part }) : part);
}

export class Talk {
  // on.tap(data, button), on.place(button)
  constructor(log, newer, words, on) {
    Object.assign(this, { log, newer, words, on, bySeq: new Map(), mine: new Map(), refocus: false });
    newer.addEventListener("click", () => this.toEnd());
    log.addEventListener("scroll", () => { if (this.atEnd()) newer.hidden = true; }, { passive: true });
  }

  show(message) {
    const stay = this.atEnd();
    if (message.closes) this.close(message.closes, message.answered);
    const known = message.edits && this.bySeq.get(message.edits);
    if (known) {
      this.bySeq.set(message.seq, known);
      this.fill(known, message);
    } else if (message.text || message.photo || message.document || message.rows) {
      const turn = make("div", { className: "turn them" });
      this.bySeq.set(message.seq, turn);
      this.fill(turn, message);
      this.add(turn);
    }
    this.follow(stay);
  }

  // Fills a turn anew; whoever was on one of its buttons by keyboard stays on it.
  fill(turn, message) {
    const focused = turn.contains(document.activeElement) ? document.activeElement.dataset.data : null;
    const bubble = make("div", { className: "bubble" }, this.who(this.words.name));
    if (message.photo) bubble.append(this.picture(address(`/media/${message.photo}`)));
    if (message.text) bubble.append(this.text(message.text));
    if (message.document) bubble.append(this.document(message.document));
    turn.replaceChildren(bubble);
    if (message.rows && message.rows.length) turn.append(this.buttons(message.rows));
    if (focused) (turn.querySelector(`[data-data="${CSS.escape(focused)}"]`) || turn.querySelector("button") || this.log).focus({ preventScroll: true });
    else if (this.refocus) this.focusOn(turn);
  }

  focusOn(turn) {
    this.refocus = false;
    (turn.querySelector("button, a") || this.log).focus({ preventScroll: true });
  }

  close(seq, answered) {
    const turn = this.bySeq.get(seq);
    if (!turn) return;
    const buttons = turn.querySelector(".buttons");
    if (buttons) {
      if (buttons.querySelector(":focus-visible")) this.refocus = true;
      buttons.remove();
    }
    if (answered && !turn.querySelector(".answered")) turn.append(make("p", { className: "answered", dir: "auto", textContent: answered }));
  }

  own(said, state = "") {
    if (this.mine.has(said.own)) return;
    const bubble = make("div", { className: "bubble" }, this.who(this.words.you));
    if (said.photo || said.picture) bubble.append(this.picture(said.picture || address(`/media/${said.photo}`)));
    if (said.text) bubble.append(this.text(said.text));
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
    const stay = this.atEnd();
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
    return make("p", { className: "text", dir: "auto" }, ...withLinks(words));
  }

  picture(src) {
    const image = make("img", { src, alt: this.words.picture, onload: () => this.follow(this.near) });
    return make("a", { className: "picture", href: src, target: "_blank", rel: "noopener" }, image);
  }

  document(id) {
    return make("a", { className: "document", href: address(`/media/${id}`), target: "_blank", rel: "noopener", textContent: `📄 ${this.words.document}` });
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
    button.addEventListener("click", () => (kind === "location" ? this.on.place(button) : this.on.tap(data, button)));
    return button;
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 90;
  }

  follow(stay, tell = true) {
    this.near = stay;
    if (stay) this.toEnd();
    else if (tell) this.newer.hidden = false;
  }

  toEnd() {
    this.newer.hidden = true;
    this.log.scrollTop = this.log.scrollHeight;
  }
}
