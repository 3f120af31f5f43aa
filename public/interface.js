// Details that htmx leaves to the page: menus close by themselves, and focus survives when its element moves.

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
