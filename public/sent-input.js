// What becomes of the input of a form. A form with `data-reset` is empty as soon as it's sent, ready for the next entry. If it fails, it
// has its input back; if it's refused, its fields still go back to what they were at first. What is typed while any form is on its way
// stays, and so do the files that were chosen in one that is refused.

import "./sending.js";

const BOX = /^(checkbox|radio)$/;
const NOT_FILLED_IN = /^(hidden|submit|button|reset|image)$/;
const FREE_TEXT = "textarea, [type=text], [type=search], input:not([type])";
const PROBLEMS = "[aria-invalid=true], .bk-problem, .bk-problems";
const REPLACING = /^(inner|outer|text|delete)/;
/** Per request: the form, its input, and how many inputs there had been when it was triggered (`sentAt`) and begun (`leftAt`). */
const sendings = new WeakMap();
/** Per field: its latest input, as a number that grows. */
const inputs = new WeakMap();
let inputCount = 0;

for (const form of document.querySelectorAll("form[data-reset]")) if (isRefused(form)) putDefaultsBack(form, new Map());

document.addEventListener("input", ({ target }) => inputs.set(target, ++inputCount), true);

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const { form, method } = ctx.request;
  const isReset = form === ctx.sourceElement && form.matches("[data-reset]");
  if (!form || (method === "GET" && !isReset)) return;
  sendings.set(ctx, { form, isReset, sent: valuesOf(fieldsOf(form)), sentAt: inputCount });
});

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const sending = sendings.get(ctx);
  if (!sending) return;
  if (sending.isReset) empty(sending);
  sending.leftAt = inputCount;
});

document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
  const sending = sendings.get(ctx);
  if (!sending) return;
  const fields = fieldsOf(sending.form);
  const replacing = tasks.filter(({ swapSpec, target }) => target && REPLACING.test(swapSpec.style ?? swapSpec));
  // htmx sets the target of a task to what has replaced it.
  sending.replacing = replacing;
  sending.defaults = valuesOf(fields, defaultOf);
  sending.since = inputSince(fields, sending.leftAt);
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const sending = sendings.get(ctx);
  const form = sending && formNow(sending, ctx.sourceElement);
  if (!form) return;
  const fields = fieldsOf(form);
  if (ctx.response.status >= 400 || isRefused(form)) {
    for (const [key, value] of sending.sent) {
      const field = fields.get(key);
      if (field?.type === "file" && field.files.length === 0) setValue(field, value);
    }
    if (sending.isReset) putDefaultsBack(form, sending.defaults);
  }
  setValues(fields, sending.since);
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const sending = sendings.get(ctx);
  if (!sending?.isReset || sending.leftAt === undefined || !hasFailed(ctx)) return;
  const form = formNow(sending, ctx.sourceElement);
  if (form) giveBack(form, sending);
});

/** Without the answer's last byte, nobody knows; so it may be sent again. */
function hasFailed({ response, text, status }) {
  return !response || response.status >= 400 || (text === undefined && String(status).startsWith("error"));
}

/** A form that had to wait for another request keeps what was typed since. */
function empty({ form, sentAt }) {
  const fields = fieldsOf(form);
  const since = inputSince(fields, sentAt);
  // A button may be called `reset`.
  HTMLFormElement.prototype.reset.call(form);
  setValues(fields, since);
  forgetProblems(form);
}

function giveBack(form, { sent, leftAt, replacing = [] }) {
  for (const [key, field] of fieldsOf(form)) {
    // The response has shown it again.
    if (!sent.has(key) || replacing.some(({ target }) => target.contains(field))) continue;
    if (!(inputs.get(field) > leftAt)) setValue(field, sent.get(key));
    else if (field.matches(FREE_TEXT)) field.value = [sent.get(key), field.value].filter(Boolean).join(" ");
  }
}

/** The form may have been replaced, by itself or by that of another page. */
function formNow({ form }, source) {
  if (form.isConnected) return form;
  const id = form.getAttribute("id");
  const now = id ? document.getElementById(id) : (source.closest("form") ?? source.querySelector("form"));
  return now?.matches("form") && now.getAttribute("action") === form.getAttribute("action") ? now : undefined;
}

/** Empties what belongs to a form, but stands elsewhere on the page (`form="…"`), unless it was filled in since `ctx` was sent. */
export function emptyOutside(form, ctx) {
  for (const field of fieldsOf(form).values()) {
    if (form.contains(field) || inputs.get(field) > sendings.get(ctx)?.leftAt) continue;
    if (field.type === "file") setValue(field, []);
    else setValue(field, defaultOf(field));
  }
}

function isRefused(form) {
  return form.querySelector(PROBLEMS) !== null;
}

/** A refused form comes with the refused values as its defaults. */
function putDefaultsBack(form, defaults) {
  const fields = fieldsOf(form);
  // All of them first, because a radio button that is chosen changes the others.
  const values = valuesOf(fields);
  for (const [key, field] of fields) {
    const before = defaults.get(key);
    if (field.options)
      for (const option of field.options) option.defaultSelected = before?.includes(option.value) ?? false;
    else if (BOX.test(field.type)) field.defaultChecked = before ?? false;
    else if (field.type !== "file") field.defaultValue = before ?? "";
  }
  setValues(fields, values);
}

function defaultOf(field) {
  if (field.options) return [...field.options].filter((option) => option.defaultSelected).map(({ value }) => value);
  return BOX.test(field.type) ? field.defaultChecked : field.defaultValue;
}

/** The controls that a person fills in, by what they still have in common when the form has been replaced. */
function fieldsOf(form) {
  const fields = new Map();
  for (const field of form.elements) {
    if (!field.matches("input, select, textarea") || NOT_FILLED_IN.test(field.type)) continue;
    const own = field.id || `${field.name} ${BOX.test(field.type) ? field.value : ""}`;
    let key = own;
    for (let count = 2; fields.has(key); count++) key = `${own} ${count}`;
    fields.set(key, field);
  }
  return fields;
}

function valuesOf(fields, read = currentValue) {
  return new Map([...fields].map(([key, field]) => [key, read(field)]));
}

function inputSince(fields, count) {
  return valuesOf(new Map([...fields].filter(([, field]) => inputs.get(field) > count)));
}

function setValues(fields, values) {
  for (const [key, value] of values) if (fields.has(key)) setValue(fields.get(key), value);
}

function currentValue(field) {
  if (field.type === "file") return [...field.files];
  if (field.options) return [...field.selectedOptions].map(({ value }) => value);
  return BOX.test(field.type) ? field.checked : field.value;
}

function setValue(field, value) {
  if (field.type === "file") {
    const chosen = new DataTransfer();
    for (const file of value) chosen.items.add(file);
    field.files = chosen.files;
  } else if (field.options) {
    for (const option of field.options) option.selected = value.includes(option.value);
    if (value.length === 0) field.selectedIndex = -1;
  } else if (BOX.test(field.type)) field.checked = value;
  else if (field.value !== value) field.value = value;
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
