import type { FieldValue, FormState } from "./form.tsx";

/** One choice of a field. */
export interface FieldOption {
  readonly value: string;
  readonly label: string;
  /** In a select: the heading of the group that it is in, together with its neighbors. */
  readonly group?: string;
  /** Shown, but can't be chosen. */
  readonly disabled?: boolean;
}

type Initial = string | number | null | undefined;

/** The text that a field shows: what was sent, or else its initial value. */
export function shownText(form: FormState, field: { name: string; value: Initial }): string | undefined {
  return form.sent?.[field.name]?.at(-1) ?? textsOf(form.values?.[field.name] ?? field.value).at(-1);
}

/** The selected choices of a field. A list from which nothing was chosen sends nothing. */
export function shownValues(
  form: FormState,
  field: { name: string; value: Initial; isList: boolean },
): readonly string[] {
  const { name, value, isList } = field;
  if (form.sent && (isList || form.sent[name])) return form.sent[name] ?? [];
  return textsOf(form.values?.[name] ?? value);
}

/** Whether a checkbox is checked. One that was unchecked sends nothing. */
export function isShownChecked(
  form: FormState,
  field: { name: string; own: string; checked: boolean | undefined },
): boolean {
  const { name, own, checked } = field;
  if (form.sent) return form.sent[name]?.includes(own) ?? false;
  const initial = form.values?.[name];
  if (initial === undefined) return checked === true;
  return typeof initial === "boolean" ? initial : textsOf(initial).includes(own);
}

function textsOf(value: FieldValue): readonly string[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
