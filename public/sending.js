// What a person sends from a form isn't sent twice. While it's being sent, the form is busy: another click or Enter does nothing, and
// neither does the second click of a double click, however fast the answer is. Forms that only ask (GET) are left alone, and so are those
// whose `hx-sync` says what another request should do. As in browsers, a button may say with `formaction` where the form is sent to.

const LEAVING_MS = 10_000;
const SECOND_CLICK_MS = 1000;
const SENDS = /^(POST|PUT|PATCH|DELETE)$/;
/** Per form that is being sent: the buttons that show it, and what ends it if nothing else does. */
const busy = new Map();
/** Per request: the form that it sends. */
const forms = new WeakMap();
/** Per list of indicators, which a request has in common with the one that follows it (HX-Location): the form. */
const followed = new WeakMap();
let htmxInternals;

globalThis.htmx?.registerExtension("bk-sending", { init: (internals) => (htmxInternals = internals) });

addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    if (busy.has(form)) stop(event);
    else if (isForBrowser(form, submitter)) {
      event.stopImmediatePropagation();
      leave(form, submitter);
    }
  },
  true,
);
// Last, when everyone else had the chance to prevent it. What htmx sends, it prevents.
addEventListener("submit", (event) => {
  if (!event.defaultPrevented) leave(event.target, event.submitter);
});
addEventListener("click", (event) => event.detail > 1 && stopRepeated(event), true);
addEventListener("keydown", (event) => event.repeat && event.key === "Enter" && stopRepeated(event), true);
// The browser has kept the page, and shows it again.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const form of [...busy.keys()]) release(form);
});

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  const { method, submitter } = ctx.request;
  if (ctx.sourceElement.matches?.("form") && submitter?.hasAttribute("formaction")) {
    const { pathname, search } = new URL(submitter.formAction);
    ctx.request.action = pathname + search;
  }
  const form = SENDS.test(method) ? formSentBy(ctx) : undefined;
  if (!form || isSynced(ctx.sourceElement)) return;
  if (busy.has(form)) stop(event);
  else forms.set(ctx, form);
});
for (const name of ["htmx:confirm", "htmx:before:request"]) {
  document.addEventListener(name, ({ detail: { ctx } }) => forms.has(ctx) && setBusy(forms.get(ctx)));
}
// An update in the meantime may have changed the form or its buttons.
document.addEventListener("htmx:after:swap", () => {
  for (const form of busy.keys()) setBusy(form);
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const form = forms.get(ctx) ?? followed.get(ctx.indicators);
  if (!form) return;
  const { location, redirect, refresh } = ctx.hx ?? {};
  if (location) followed.set(ctx.indicators, form);
  if (location || redirect || refresh === "true") releaseLater(form, LEAVING_MS);
  else release(form);
});

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function stopRepeated(event) {
  const control = event.target.closest?.(event.type === "click" ? "button, input[type=submit]" : "button, input");
  const isSubmit = control?.form && !/^(button|reset)$/.test(control.type);
  if (!isSubmit || isSynced(control) || isSynced(control.form)) return;
  if ([control, control.form].some((element) => SENDS.test(methodOf(element, control)))) stop(event);
}

/** The form of a request that its submit or one of its buttons has caused. */
function formSentBy({ sourceElement, sourceEvent }) {
  if (sourceEvent?.type === "submit") return sourceElement;
  return sourceEvent?.type === "click" && sourceElement.type === "submit" ? sourceElement.form : undefined;
}

/** Buttons may ask for what only browsers do, such as another tab, or a dialog that closes. */
function isForBrowser(form, submitter) {
  if (!form.matches("[data-htmx-powered]") || !htmxInternals?.htmxProp(form).initialized) return false;
  const method = submitter?.getAttribute("formmethod")?.toUpperCase() ?? methodOf(form);
  const target = submitter?.getAttribute("formtarget") || "_self";
  const isElsewhere = submitter?.hasAttribute("formaction") && new URL(submitter.formAction).origin !== location.origin;
  return method !== methodOf(form) || target !== "_self" || isElsewhere;
}

function methodOf(element, submitter = null) {
  const own = submitter?.getAttribute("formmethod") ?? element.getAttribute("method") ?? "GET";
  return htmxInternals?.determineMethodAndAction(element, { submitter }).method ?? own.toUpperCase();
}

function isSynced(element) {
  return Boolean(htmxInternals?.attributeValue(element, "hx-sync"));
}

/** The browser sends it. Nobody tells if it stays here, because the response is a download or the user has pressed Stop. */
function leave(form, submitter) {
  const method = submitter?.getAttribute("formmethod") ?? form.getAttribute("method");
  if (method?.toLowerCase() !== "post") return;
  const target = submitter?.getAttribute("formtarget") || form.getAttribute("target") || "_self";
  setBusy(form);
  releaseLater(form, target === "_self" ? LEAVING_MS : SECOND_CLICK_MS);
}

// `aria-disabled`, because a button that is disabled loses the focus.
function setBusy(form) {
  const state = busy.get(form) ?? { buttons: new Set() };
  busy.set(form, state);
  form.setAttribute("aria-busy", "true");
  for (const button of form.elements) {
    if (button.type !== "submit" || button.hasAttribute("aria-disabled")) continue;
    button.setAttribute("aria-disabled", "true");
    state.buttons.add(button);
  }
}

function releaseLater(form, ms) {
  const state = busy.get(form);
  if (state) state.timer = setTimeout(release, ms, form);
}

function release(form) {
  const { buttons, timer } = busy.get(form) ?? { buttons: [] };
  clearTimeout(timer);
  busy.delete(form);
  form.removeAttribute("aria-busy");
  for (const button of buttons) button.removeAttribute("aria-disabled");
}
