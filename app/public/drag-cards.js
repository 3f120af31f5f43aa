// Cards can be dragged with a mouse. The buttons on each card do the same for keyboards, screen readers and touch screens.

const CARD = "[data-card]";
const COLUMN = ".column";
let dragged = null;

document.addEventListener("pointerdown", ({ target, pointerType }) => {
  const card = target.closest?.(CARD);
  if (card) card.draggable = pointerType === "mouse" && !target.closest("button, summary, input, textarea");
});
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(CARD) ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector(".card-title").textContent);
  dragged.classList.add("is-dragged");
});
document.addEventListener("dragover", (event) => {
  const column = dragged && event.target.closest?.(COLUMN);
  if (!column) return;
  event.preventDefault();
  mark(column, cardBelow(column, event.clientY));
});
document.addEventListener("drop", (event) => {
  const column = dragged && event.target.closest?.(COLUMN);
  if (!column) return;
  event.preventDefault();
  drop(column, cardBelow(column, event.clientY));
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  mark(null, null);
});

function cardBelow(column, y) {
  const cards = [...column.querySelectorAll(CARD)].filter((card) => card !== dragged);
  return cards.find((card) => {
    const box = card.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
}

function mark(column, card) {
  for (const marked of document.querySelectorAll(".is-target, .is-before"))
    marked.classList.remove("is-target", "is-before");
  column?.classList.add("is-target");
  card?.classList.add("is-before");
}

function drop(column, below) {
  const { stage } = column.dataset;
  const place = below ? `${stage}:${below.dataset.card}` : stage;
  const path = `${dragged.closest("[data-path]").dataset.path}/cards/${dragged.dataset.card}/move`;
  htmx.ajax("POST", path, { source: dragged, target: "#columns", swap: "none", values: { place } });
}
