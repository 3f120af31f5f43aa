// What forms made with `form()` gain from JavaScript; without it, the server does everything. A form is busy while it is sent, so it
// can't be sent twice. Fields are checked while the user types, by the server's own rules. Problems get the focus.

const FORM = "form[data-bk-form]";
const FIELD = "input:not([type=hidden]), textarea, select";
const TYPING_MS = 300;
const LEAVING_MS = 10_000;
const UNCHECKED = "[type=hidden], [type=submit], [type=button], [type=reset], [type=file], [data-checks=off] *";

const news = document.createElement("p");
/** Per form: the values that were sent. */
const sent = new WeakMap();
/** Per form: which fields the user changed, and the latest check of each. */
const checks = new WeakMap();

// Busy: before htmx or the browser sees a second submit.
document.addEventListener("submit", stopSecond, true);
document.addEventListener("submit", (event) => {
  // htmx sends the form itself. A button that is disabled now would not be sent.
  if (isForm(event.target) && !event.defaultPrevented) setTimeout(setBusy, 0, event.target, true);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll(`${FORM}[aria-busy]`)) setBusy(form, false);
});

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (!isForm(form)) return;
  sent.set(form, new Map(textsOf(form)));
  forgetChecks(form);
  setBusy(form, true);
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (!isForm(form)) return;
  const isLeaving = ctx.hx?.location || ctx.hx?.redirect;
  if (isLeaving) setTimeout(setBusy, LEAVING_MS, form, false);
  else setBusy(form, false);
});

// What was typed since the form was sent belongs to the next one, and so does the focus, also when a live update comes in between.
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (!isForm(form) || !sent.has(form)) return;
  const before = sent.get(form);
  ctx.hadFocus = form.contains(document.activeElement);
  ctx.typedSince = textsOf(form).filter(([id, text]) => before.get(id) !== text);
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (!isForm(form)) return;
  for (const [id, text] of ctx.typedSince ?? []) {
    const field = document.getElementById(id);
    if (field) field.value = text;
  }
  if (ctx.response?.status === 422) focusProblem(form);
  else if (ctx.hadFocus && !form.contains(document.activeElement)) form.querySelector(FIELD)?.focus();
});

// Checks: first when the user leaves a field, then with each change.
document.addEventListener("input", ({ target }) => {
  if (!isChecked(target)) return;
  const check = checkOf(target);
  check.isChanged = true;
  check.turn++;
  if (!check.isShown && !hasProblem(target)) return;
  clearTimeout(check.timer);
  check.timer = setTimeout(checkField, TYPING_MS, target);
});
document.addEventListener("change", ({ target }) => {
  if (isChecked(target) && target.matches("select, [type=checkbox], [type=radio]")) checkField(target);
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (!isChecked(target) || !checkOf(target).isChanged) return;
  // A problem that appears now would move the button away from the pointer; the answer shows it anyway.
  if (relatedTarget?.matches?.("button, [type=submit]")) return;
  checkField(target);
});

news.className = "visually-hidden";
news.setAttribute("role", "status");
document.body.append(news);

function isForm(element) {
  return element instanceof HTMLFormElement && element.matches(FORM);
}

function stopSecond(event) {
  if (!isForm(event.target) || event.target.getAttribute("aria-busy") !== "true") return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// `aria-disabled`, because a button that is disabled loses the focus.
function setBusy(form, isBusy) {
  const buttons = [...form.elements].filter((element) => element.type === "submit");
  for (const element of [form, ...buttons]) {
    const name = element === form ? "aria-busy" : "aria-disabled";
    if (isBusy) element.setAttribute(name, "true");
    else element.removeAttribute(name);
  }
}

function textsOf(form) {
  return [...form.elements]
    .filter((field) => field.id && field.matches("input, textarea") && !field.matches("[type=hidden], [type=file]"))
    .filter((field) => !field.matches("[type=checkbox], [type=radio]"))
    .map((field) => [field.id, field.value]);
}

// The user may be elsewhere by now.
function focusProblem(form) {
  const { activeElement } = document;
  if (activeElement && activeElement !== document.body && !form.contains(activeElement)) return;
  const wrong = form.querySelector("[aria-invalid=true]");
  const control = wrong?.matches("fieldset") ? wrong.querySelector("input") : wrong;
  const list = control ? null : form.querySelector(".bk-problems");
  list?.setAttribute("tabindex", "-1");
  (control ?? list)?.focus();
}

function isChecked(field) {
  return Boolean(field.name) && isForm(field.form) && !field.matches(UNCHECKED);
}

function checkOf(field) {
  const known = checks.get(field.form) ?? new Map();
  checks.set(field.form, known);
  const check = known.get(field.name) ?? { turn: 0, isChanged: false, isShown: false };
  known.set(field.name, check);
  return check;
}

function forgetChecks(form) {
  for (const check of checks.get(form)?.values() ?? []) {
    clearTimeout(check.timer);
    check.turn++;
  }
  checks.delete(form);
}

async function checkField(field) {
  const { form, name } = field;
  if (!form || form.getAttribute("aria-busy") === "true") return;
  const check = checkOf(field);
  clearTimeout(check.timer);
  const turn = ++check.turn;
  const problems = await ask(form, name);
  // Only the latest answer counts.
  if (!problems || turn !== check.turn || !field.isConnected) return;
  check.isShown = true;
  showProblems(field, problems);
}

/** Without an answer, the submit tells. */
async function ask(form, name) {
  const texts = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  try {
    const response = await fetch(form.getAttribute("action"), {
      method: "POST",
      body: new URLSearchParams(texts),
      headers: { "X-Check-Field": name, Accept: "application/json" },
      redirect: "manual",
    });
    return response.ok ? (await response.json()).problems : undefined;
  } catch {
    return undefined;
  }
}

function ownerOf(field) {
  return document.getElementById(`${field.form.id}-${field.name}`) ?? field;
}

function hasProblem(field) {
  return document.getElementById(`${ownerOf(field).id}-problem`) !== null;
}

function showProblems(field, problems) {
  const owner = ownerOf(field);
  const id = `${owner.id}-problem`;
  const text = problems.join(" ");
  const shown = document.getElementById(id);
  if ((shown?.textContent ?? "") === text) return;
  shown?.remove();
  if (text) {
    const problem = Object.assign(document.createElement("p"), { className: "bk-problem", id, textContent: text });
    (owner.closest(".bk-field") ?? owner).append(problem);
  }
  const isGroup = owner.matches("fieldset") && !owner.matches("[role=radiogroup]");
  for (const control of isGroup ? owner.querySelectorAll("input") : [owner]) {
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  const descriptions = [id, `${owner.id}-hint`].filter((part) => document.getElementById(part));
  if (descriptions.length > 0) owner.setAttribute("aria-describedby", descriptions.join(" "));
  else owner.removeAttribute("aria-describedby");
  announce(text);
}

function announce(text) {
  if (!news.isConnected) document.body.append(news);
  news.textContent = text;
}
