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
// the request fails, the input comes back. A refused form comes back with the refused values as its defaults, so the defaults from before
// are put back first.
const defaults = new Map();
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.matches?.("form[data-reset]")) return;
  ctx.typed = [...ctx.request.body];
  putDefaultsBack(ctx.sourceElement);
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

// htmx makes the URL of a GET when it is triggered. With `hx-sync`, it may then wait for another request, such as a search whose answer
// changes `hx-get`, and would bring back the old filter. So the URL is made again when it is sent, if the page says otherwise by then.
let htmxInternals;
globalThis.htmx?.registerExtension("bk-fresh-urls", {
  init: (internals) => (htmxInternals = internals),
  htmx_config_request(element, { ctx }) {
    const { action, query } = describeGet(element, ctx);
    if (action === ctx.request.action) ctx.described = action + query;
  },
  htmx_before_request(element, { ctx }) {
    if (ctx.described === undefined || !element.isConnected) return;
    const { fresh, action, query } = describeGet(element, ctx);
    if (action + query === ctx.described) return;
    const url = new URL(action, document.baseURI);
    for (const name of query.keys()) url.searchParams.delete(name);
    for (const [name, value] of query) url.searchParams.append(name, value);
    ctx.request.action = url.origin === location.origin ? url.pathname + url.search : url.href;
    ctx.request.headers["HX-Current-URL"] = location.href;
    ctx.push = fresh.push;
    ctx.replace = fresh.replace;
  },
});

// What the element would ask for now. Left alone: what isn't a plain GET by attributes, and forms whose typed text is sent with each request.
function describeGet(element, ctx) {
  const none = { action: null, query: new URLSearchParams() };
  const isKept = element.matches("form, input, select, textarea, [hx-sse\\:connect]");
  if (isKept || ctx.request.method !== "GET" || ctx.values) return none;
  const fresh = htmxInternals.createRequestContext(element, ctx.sourceEvent);
  const body = htmxInternals.collectFormData(element, null, ctx.sourceEvent.submitter, false, true);
  htmxInternals.getAttributeObject(element, "hx-vals", (values) => {
    for (const [name, value] of Object.entries(values)) body.set(name, value);
  });
  return { fresh, action: fresh.request.action, query: new URLSearchParams(body) };
}

function putDefaultsBack(form) {
  const isRefused = form.querySelector("[aria-invalid=true], .bk-problem, .bk-problems") !== null;
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.defaultValue === undefined) continue;
    const key = `${form.id} ${field.id || field.name} ${field.matches("[type=checkbox], [type=radio]") ? field.value : ""}`;
    if (!isRefused) defaults.set(key, [field.defaultValue, field.defaultChecked]);
    const [text, isChecked] = defaults.get(key) ?? ["", false];
    if (field.matches("[type=checkbox], [type=radio]")) field.defaultChecked = isChecked;
    else if (field.type !== "file") field.defaultValue = text;
  }
}

function forgetProblems(form) {
  for (const problem of form.querySelectorAll(".bk-problem, .bk-problems")) problem.remove();
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
