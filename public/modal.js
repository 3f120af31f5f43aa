// A `<dialog data-modal>` is open while it has content: point `hx-target` at it, or use `<DialogLink>`, and it opens. It closes, and is
// emptied, when a form inside has been accepted (unless the form has `data-modal-keep`), by an element with `data-modal-close` inside, by
// the Escape key, and by the event `bk:modal-close` (sent with HX-Trigger). It asks before it discards input.

const MODAL = "dialog[data-modal]";

// What settles deeper inside opens nothing: it may be an update that arrives while the dialog closes.
document.addEventListener("htmx:after:settle", ({ target: modal }) => {
  if (modal.matches?.(MODAL) && !modal.open && modal.childElementCount > 0) open(modal);
});
document.addEventListener("click", (event) => {
  const closer = event.target.closest?.("[data-modal-close]");
  const modal = closer?.closest(MODAL);
  if (!modal) return;
  event.preventDefault();
  close(modal);
});
// The form may have been replaced by the response, so its dialog is looked up before.
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement?.closest?.("form:not([data-modal-keep])");
  if (ctx.request.method !== "GET") ctx.modal = form?.closest(MODAL);
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.modal?.open && ctx.response?.status < 300) shut(ctx.modal);
});
document.addEventListener("bk:modal-close", () => {
  for (const modal of document.querySelectorAll(MODAL)) shut(modal);
});

function open(modal) {
  const heading = modal.querySelector("h1, h2");
  if (heading) modal.setAttribute("aria-label", heading.textContent);
  modal.addEventListener("cancel", onCancel);
  modal.addEventListener("close", onClose);
  modal.showModal();
}

function close(modal) {
  if (!isDirty(modal) || window.confirm("Discard your changes?")) shut(modal);
}

// The browser gives the focus back. Its own `close` event comes later, when the dialog may be open again.
function shut(modal) {
  modal.close();
  empty(modal);
}

function onCancel(event) {
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  close(event.currentTarget);
}

function onClose({ currentTarget: modal }) {
  if (!modal.open) empty(modal);
}

function empty(modal) {
  modal.removeEventListener("cancel", onCancel);
  modal.removeEventListener("close", onClose);
  // Messages were shown inside, because nobody would have seen them behind the dialog.
  document.getElementById("bk-flash")?.append(...modal.querySelectorAll(".bk-flash"));
  modal.replaceChildren();
}

// `data-dirty` marks a form that was rendered with the previous input.
function isDirty(modal) {
  return Boolean(modal.querySelector("form[data-dirty]")) || [...modal.querySelectorAll(FIELDS)].some(isChanged);
}

const FIELDS = "input:not([type=hidden]), textarea, select";

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return isChoiceChanged([...field.options]);
  return field.value !== field.defaultValue;
}

// A list whose options name no choice shows its first one.
function isChoiceChanged(options) {
  if (!options.some((option) => option.defaultSelected)) return options.some((option, at) => option.selected && at > 0);
  return options.some((option) => option.selected !== option.defaultSelected);
}
