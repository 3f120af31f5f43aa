// Details that htmx leaves to the page: menus close by themselves, forms with `data-reset` are ready for the next entry, and focus
// survives when its element moves.

const MENU = "details.bk-dropdown[open]";
const FOCUSABLE = "a[href], button:not(:disabled), input:not([type=hidden]), textarea, select, [tabindex]";
let focusTrail = [];

document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(MENU)) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.(MENU);
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest?.(MENU);
  if (menu && relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
});

// `form[data-reset]` is cleared as soon as it is submitted, together with its problems, so that the user can type the next entry. If
// the request fails, the input comes back.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.matches?.("form[data-reset]")) return;
  ctx.typed = [...ctx.request.body];
  ctx.sourceElement.reset();
  forgetProblems(ctx.sourceElement);
});
document.addEventListener("htmx:response:error", giveBack);
document.addEventListener("htmx:error", giveBack);

document.addEventListener("htmx:before:swap", () => {
  focusTrail = [];
  const focused = document.activeElement;
  for (let element = focused; element; element = element.parentElement) if (element.id) focusTrail.push(element.id);
  if (focused && focused !== document.body) focusTrail.push("main");
});
document.addEventListener("htmx:after:swap", () => {
  if (document.activeElement && document.activeElement !== document.body) return;
  const survivor = focusTrail.map((id) => document.getElementById(id)).find(Boolean);
  const target = survivor?.matches(FOCUSABLE) ? survivor : survivor?.querySelector(FOCUSABLE);
  target?.focus({ preventScroll: true });
});

function forgetProblems(form) {
  for (const problem of form.querySelectorAll(".bk-problem")) problem.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    const hint = form.querySelector(`#${CSS.escape(field.id)}-hint`);
    if (hint) field.setAttribute("aria-describedby", hint.id);
  }
}

function giveBack({ detail: { ctx } }) {
  for (const [name, text] of ctx?.typed ?? []) {
    const field = ctx.sourceElement.elements[name];
    if (field && field.type !== "hidden") field.value = [text, field.value].filter(Boolean).join(" ");
  }
}
