// A `<dialog data-modal>` is open while it has content: point `hx-target` at it and it opens. An element with `data-modal-close`
// inside, the Escape key, or the event `bk:modal-close` (sent with HX-Trigger) closes and empties it. It asks before it discards input.

const MODAL = "dialog[data-modal]";
let opener = null;

document.addEventListener("htmx:after:settle", ({ target }) => {
  const modal = target.closest?.(MODAL);
  if (modal && !modal.open && modal.childElementCount > 0) open(modal);
});
document.addEventListener("click", (event) => {
  const closer = event.target.closest?.("[data-modal-close]");
  const modal = closer?.closest(MODAL);
  if (!modal) return;
  event.preventDefault();
  close(modal);
});
document.addEventListener("bk:modal-close", () => {
  for (const modal of document.querySelectorAll(MODAL)) modal.close();
});

function open(modal) {
  opener = document.activeElement;
  modal.addEventListener("cancel", onCancel);
  modal.addEventListener("close", onClose);
  modal.showModal();
}

function close(modal) {
  if (!isDirty(modal) || window.confirm("Discard your changes?")) modal.close();
}

function onCancel(event) {
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  close(event.currentTarget);
}

function onClose({ currentTarget: modal }) {
  modal.removeEventListener("cancel", onCancel);
  modal.removeEventListener("close", onClose);
  modal.replaceChildren();
  if (opener?.isConnected) opener.focus();
  opener = null;
}

// `data-dirty` marks a form that was rendered with the previous input.
function isDirty(modal) {
  if (modal.querySelector("form[data-dirty]")) return true;
  const fields = modal.querySelectorAll("input:not([type=hidden]), textarea");
  return [...fields].some((field) => field.value !== field.defaultValue);
}
