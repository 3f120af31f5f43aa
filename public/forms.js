// What forms gain from JavaScript; without it, the server does everything. All of them are sent once (`sending.js`) and lose no input
// (`sent-input.js`). In those made with `form()`, fields are checked while the user types, by the server's own rules, and problems get the
// focus.

import "./sending.js";
import { emptyOutside } from "./sent-input.js";

const FORM = "form[data-bk-form]";
const FIELD = "input:not([type=hidden]), textarea, select";
const TYPING_MS = 300;
const UNCHECKED = "[type=hidden], [type=submit], [type=button], [type=reset], [type=file], [data-checks=off] *";

const news = document.createElement("p");
/** Per form: which fields the user changed, and the latest check of each. */
const checks = new WeakMap();

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (isForm(ctx.sourceElement)) forgetChecks(ctx.sourceElement);
});
// The focus stays, also when a live update comes in between.
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (isForm(ctx.sourceElement)) ctx.hadFocus = ctx.sourceElement.contains(document.activeElement);
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement;
  if (!isForm(form)) return;
  if (ctx.response?.status === 422) return focusProblem(form);
  if (ctx.response?.status < 300 && !form.querySelector("[name=_form_keeps]")) emptyOutside(form, ctx);
  if (ctx.hadFocus && !form.contains(document.activeElement)) form.querySelector(FIELD)?.focus();
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
  return document.getElementById(`${field.form.getAttribute("id")}-${field.name}`) ?? field;
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
