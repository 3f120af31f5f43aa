// Shows failed requests as alerts in the flash area. Flash messages, and elements with `data-dismiss-after` (milliseconds), disappear
// after a while, but not while they are hovered or have focus.

const DISMISS_MS = 5000;
const RETRY_MS = 1000;
// Responses with these statuses have content for the target: a form with its problems, or two versions of a text.
const MEANT_FOR_THE_PAGE = new Set([400, 404, 409, 410, 422]);
const TEXTS = {
  0: "The server isn't responding. Check your connection and try again.",
  403: "You're not allowed to do that, or this page is out of date. Reload it and try again.",
  413: "That's too large to upload.",
  429: "Too many requests. Wait a moment and try again.",
};

const armed = new WeakSet();

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const { status } = ctx.response;
  if (isStream(ctx) || ctx.hx.redirect || ctx.hx.retarget) return;
  if (ctx.hx.reswap !== "none" && MEANT_FOR_THE_PAGE.has(status)) return;
  ctx.hx.reswap = "none";
  showAlert(TEXTS[status] ?? `Something went wrong (${status}). Nothing was changed. Try again.`);
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.request && ctx.text === undefined && !isStream(ctx)) showAlert(TEXTS[0]);
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

// Behind an open modal, nobody would see or hear the message.
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
