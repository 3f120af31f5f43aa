// Failed requests are said aloud in the flash area. Flash messages, and what carries `data-dismiss-after` (milliseconds), go
// away in time, but not under the pointer or the focus.

const DISMISS_MS = 5000;
const RETRY_MS = 1000;
// Answers with these statuses are made for the element that asked: a form with its problems, two versions of a text.
const MEANT_FOR_THE_PAGE = new Set([400, 404, 409, 410, 422]);
const TEXTS = {
  0: "No answer from the server. Check the connection and try again.",
  403: "That is not allowed, or this page is out of date. Reload it and try again.",
  413: "That is too large to be sent.",
  429: "Too many requests. Wait a moment and try again.",
};

const armed = new WeakSet();

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const { status } = ctx.response;
  if (isStream(ctx) || ctx.hx.redirect || ctx.hx.retarget) return;
  if (ctx.hx.reswap !== "none" && MEANT_FOR_THE_PAGE.has(status)) return;
  ctx.hx.reswap = "none";
  showAlert(TEXTS[status] ?? `That did not work (${status}). Nothing was changed; try again.`);
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.request && !ctx.response && !isStream(ctx)) showAlert(TEXTS[0]);
});
document.addEventListener("htmx:after:settle", armAll);
armAll();

function isStream(ctx) {
  return ctx.sourceElement?.matches?.("[hx-sse\\:connect]");
}

function showAlert(text) {
  const alert = document.createElement("p");
  alert.className = "bk-flash bk-flash-error";
  alert.setAttribute("role", "alert");
  alert.textContent = text;
  (document.getElementById("bk-flash") ?? document.body).append(alert);
  armAll();
}

// Behind an open modal nobody would see or hear a message.
function liftIntoModal() {
  const messages = document.querySelectorAll("#bk-flash > *");
  document.querySelector("dialog:modal")?.prepend(...messages);
}

function armAll() {
  liftIntoModal();
  for (const element of document.querySelectorAll(".bk-flash, [data-dismiss-after]")) {
    if (armed.has(element)) continue;
    armed.add(element);
    dismissLater(element, Number(element.dataset.dismissAfter ?? DISMISS_MS));
  }
}

function dismissLater(element, ms) {
  setTimeout(() => {
    if (element.matches(":hover, :focus-within")) dismissLater(element, RETRY_MS);
    else element.remove();
  }, ms);
}
