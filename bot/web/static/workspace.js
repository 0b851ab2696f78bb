// Dragging a new need onto one of the village joins them. Without this script every button works all the same.
const form = document.getElementById("dropped");
const hint = document.querySelector(".hint");
let dragged = null;

if (matchMedia("(hover: hover)").matches) {
  if (hint && document.querySelector("[data-head]")) hint.hidden = false;
  document.querySelectorAll("[data-new]").forEach(makeDraggable);
  document.querySelectorAll("[data-head]").forEach(takeDrops);
}

function makeDraggable(card) {
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    dragged = card;
    card.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.new);
  });
  card.addEventListener("dragend", () => {
    card.classList.remove("dragged");
    dragged = null;
  });
  // Words in a field are chosen with the mouse, not dragged away with the card.
  card.querySelectorAll("input, textarea, select").forEach((field) => {
    field.addEventListener("pointerdown", () => { card.draggable = false; });
    field.addEventListener("blur", () => { card.draggable = true; });
  });
}

function takeDrops(card) {
  card.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    card.classList.add("over");
  });
  card.addEventListener("dragleave", () => card.classList.remove("over"));
  card.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!dragged) return;
    form.elements.head.value = dragged.dataset.new;
    form.elements.into.value = card.dataset.head;
    form.submit();
  });
}
