import { formAmbiguous, formMissing, optionMissing } from "../errors.ts";
import type { PageControl, PageForm } from "./page-forms.ts";

/** A value for a form's field: `true` checks a box, a list fills a field that may occur several times. */
export type FormValue = string | number | boolean | Blob | readonly (string | number | Blob)[];

/** What to fill into a form, by field name. */
export type FormValues = Readonly<Record<string, FormValue>>;

type Entry = readonly [name: string, value: string | Blob];

/** The form on a page that has these fields. Throws `TESTING_FORM_MISSING`, `TESTING_FORM_AMBIGUOUS`. */
export function chooseForm(
  forms: readonly PageForm[],
  { page, fields, action }: { readonly page: URL; readonly fields: FormValues; readonly action?: string },
): PageForm {
  const names = Object.keys(fields);
  const facts = { page: page.pathname + page.search, fields: names, action };
  const wanted = action === undefined ? undefined : pathOf(new URL(action, page));
  const fitting = forms.filter(
    (form) =>
      (wanted === undefined || form.action === wanted) &&
      names.every((name) => form.controls.some((control) => control.name === name)),
  );
  // The page's own form first: its layout may have others, to log out or to search.
  const own = fitting.filter((form) => form.action === pathOf(page) || form.action === page.pathname);
  const [form, second] = own.length > 0 ? own : fitting;
  if (form === undefined) throw formMissing({ ...facts, forms: forms.map(describe) });
  if (second !== undefined && second.action !== form.action)
    throw formAmbiguous({ ...facts, forms: fitting.map(describe) });
  return form;
}

/** What a browser sends once these fields are filled in. Throws `TESTING_OPTION_MISSING`. */
export function fillForm(form: PageForm, fields: FormValues): readonly Entry[] {
  const untouched = form.controls.filter(({ name, isSent }) => isSent && name !== "" && !Object.hasOwn(fields, name));
  const filled = Object.entries(fields).flatMap(([name, value]) => {
    const controls = form.controls.filter((control) => control.name === name);
    return entriesOf(name, typeof value === "boolean" ? boxValue(controls, value) : checkChoice(controls, value));
  });
  return [...untouched.map(({ name, value }): Entry => [name, value]), ...filled];
}

/** Fields that no page was asked for: a box that is checked sends `on`. */
export function fieldEntries(fields: FormValues): readonly Entry[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    entriesOf(name, typeof value === "boolean" ? (value ? ["on"] : []) : value),
  );
}

/** A request's body: multipart if it has to be. */
export function bodyOf(entries: readonly Entry[], isMultipart: boolean): FormData | URLSearchParams {
  if (!isMultipart && entries.every(([, value]) => typeof value === "string")) {
    return new URLSearchParams(entries.map(([name, value]): [string, string] => [name, String(value)]));
  }
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

function entriesOf(name: string, value: Exclude<FormValue, boolean>): Entry[] {
  const values = typeof value === "object" && !(value instanceof Blob) ? value : [value];
  return values.map((one): Entry => [name, typeof one === "number" ? String(one) : one]);
}

function boxValue(controls: readonly PageControl[], isChecked: boolean): readonly string[] {
  const box = controls.find(({ type }) => type === "checkbox");
  return isChecked ? [box?.value ?? "on"] : [];
}

/** A browser lets people choose only what a select or a group of radio buttons offers. */
function checkChoice(
  controls: readonly PageControl[],
  value: Exclude<FormValue, boolean>,
): Exclude<FormValue, boolean> {
  if (!controls.every(({ type }) => type === "select" || type === "radio")) return value;
  const values = controls.map((control) => control.value);
  for (const [field, given] of entriesOf(controls[0]?.name ?? "", value)) {
    if (typeof given === "string" && !values.includes(given)) throw optionMissing({ field, given, values });
  }
  return value;
}

function pathOf(url: URL): string {
  return url.pathname + url.search;
}

/** The form's action, and the fields that people can see. */
function describe(form: PageForm): { readonly action: string; readonly names: readonly string[] } {
  const seen = form.controls.filter(({ name, type }) => name !== "" && type !== "hidden");
  return { action: form.action, names: [...new Set(seen.map(({ name }) => name))] };
}
