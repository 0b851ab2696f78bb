// Several questions on one card, with the browser's own fields. What stands in them is kept until they are sent.

import { store } from "./post.js";

let cards = 0;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const INPUTS = {
  whole: { type: "text", inputMode: "numeric", maxLength: 30 },
  decimal: { type: "text", inputMode: "decimal", maxLength: 30 },
  date: { type: "date", max: "9999-12-31" },
  time: { type: "time" },
  datetime: { type: "datetime-local", max: "9999-12-31T23:59" },
};

// Each gives {box, value(), set(value)}: what is shown, and the answer as text.
const FIELDS = {
  one: (field, id) => choices(field, id, "radio"),
  many: (field, id) => choices(field, id, "checkbox"),
  list(field, id) {
    const box = make("select", { id }, make("option", { value: "", textContent: "–" }), ...field.choices.map(([value, label]) => make("option", { value, textContent: label })));
    return single(box);
  },
  text(field, id) {
    return single(make("textarea", { id, rows: 1, maxLength: 4000, dir: "auto" }));
  },
  range(field, id) {
    const [min, max, step] = field.limits;
    const slider = make("input", { id, type: "range", min, max, step });
    const now = make("output", { htmlFor: id, textContent: "–" });
    let touched = false;
    const show = () => {
      now.textContent = touched ? slider.value : "–";
      slider.setAttribute("aria-valuetext", now.textContent);
    };
    const touch = () => { touched = true; show(); };
    ["input", "click"].forEach((event) => slider.addEventListener(event, touch)); // a press on the middle changes nothing
    const box = make("div", { className: "slider" }, make("span", { textContent: min }), slider, make("span", { textContent: max }), now);
    slider.value = ""; // the middle, which a clamped value is not
    show();
    return { box, input: slider, value: () => (touched ? slider.value : ""), set(value) { touched = value !== ""; if (touched) slider.value = value; show(); } };
  },
};

function single(box) {
  return { box, input: box, value: () => box.value, set(value) { box.value = value; } };
}

function choices(field, id, type) {
  const inputs = field.choices.map(([value], number) => make("input", { type, name: id, value, id: `${id}-${number}` }));
  const labels = inputs.map((input, number) => make("label", { className: "option", htmlFor: input.id }, input, make("span", { dir: "auto", textContent: field.choices[number][1] })));
  const box = make("div", { className: field.flat ? "options flat" : "options" }, ...labels);
  return {
    box,
    input: inputs[0],
    value: () => inputs.filter((input) => input.checked).map((input) => input.value).join(" "),
    set(value) { const chosen = value.split(" "); inputs.forEach((input) => { input.checked = chosen.includes(input.value); }); },
  };
}

// The label, the hint, the field and what is wrong with it, tied together for who hears the page.
function part(field, id, words, made) {
  const group = field.kind === "one" || field.kind === "many";
  const label = make(group ? "legend" : "label", { dir: "auto", textContent: field.label });
  if (!group) label.htmlFor = id;
  if (field.required) label.append(make("span", { className: "needed", textContent: ` (${words.needed})` }));
  const box = make(group ? "fieldset" : "div", { className: "field" }, label);
  const tied = [];
  if (field.hint) tied.push(make("p", { className: "hint", id: `${id}-hint`, dir: "auto", textContent: field.hint }));
  box.append(...tied, made.box);
  if (field.wrong) {
    const wrong = make("p", { className: "wrong", id: `${id}-wrong`, dir: "auto", textContent: field.wrong });
    box.append(wrong);
    tied.push(wrong);
    made.input?.setAttribute("aria-invalid", "true");
  }
  if (tied.length) (group ? box : made.input).setAttribute("aria-describedby", tied.map((each) => each.id).join(" "));
  if (group && field.wrong) made.input?.setAttribute("aria-describedby", `${id}-wrong`);
  return box;
}

function kept(name) {
  try { return JSON.parse(store.get(name)) || {}; } catch { return {}; }
}

// `send(data, values, button)`. Gives a form that can `forget()` what it keeps, once its answers have arrived.
export function sheet({ data, send: label, fields, wrong }, words, send) {
  const shelf = `sheet:${data}`;
  const before = kept(shelf);
  const card = `sheet-${(cards += 1)}`;
  const filled = new Map();
  const parts = fields.map((field, number) => {
    if (field.kind === "note") return make("p", { className: "note", dir: "auto", textContent: field.label });
    const id = `${card}-${number}`;
    const made = (FIELDS[field.kind] || (() => single(make("input", { id, ...INPUTS[field.kind] }))))(field, id);
    made.set(before[field.name] ?? field.value);
    filled.set(field.name, made);
    return part(field, id, words, made);
  });
  const values = () => Object.fromEntries([...filled].map(([name, made]) => [name, made.value()]));
  if (wrong) parts.unshift(make("p", { className: "wrong", role: "alert", dir: "auto", textContent: wrong }));
  const button = make("button", { type: "submit", className: "choice send", textContent: label });
  const form = make("form", { className: "sheet", noValidate: true, autocomplete: "off" }, ...parts, button);
  form.setAttribute("aria-live", "off");
  form.forget = () => store.remove(shelf);
  form.addEventListener("input", () => store.set(shelf, JSON.stringify(values())));
  form.addEventListener("submit", (event) => { event.preventDefault(); send(data, values(), button); });
  return form;
}
