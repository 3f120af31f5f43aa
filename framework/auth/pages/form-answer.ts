import type { Context } from "hono";
import type { OldInput, Problems } from "../../forms/index.ts";
import { hxPushUrl } from "../../html/index.ts";
import { retryAfter } from "../../secure/index.ts";

/** What a form shows when it comes back. */
export interface FormState {
  readonly problems?: Problems;
  readonly old?: OldInput;
}

/** The status of a form that comes back with problems. A boosted form must not push the address it was sent to. */
export function withProblems(c: Context): 422 {
  hxPushUrl(c, false);
  return 422;
}

/** The status, header and sentence for too many tries. */
export function tooManyTries(c: Context, retryAfterMs: number): { readonly status: 429; readonly problems: Problems } {
  hxPushUrl(c, false);
  const seconds = retryAfter({ ok: false, retryAfterMs });
  c.header("Retry-After", seconds);
  const minutes = Math.ceil(Number(seconds) / 60);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  return { status: 429, problems: { _form: [`Too many tries. Please wait ${wait} and try again.`] } };
}

/** The attribute of the field that the cursor goes to, by the field's name. */
export type Focus = (name: string) => { readonly autofocus?: true };

/** Puts the cursor into the first of these fields that has a problem, or into the first one when the form as a whole has. */
export function focusOn(names: readonly string[], problems: Problems | undefined): Focus {
  if (!problems || Object.keys(problems).length === 0) return () => ({});
  const first = names.find((name) => problems[name]?.length) ?? names[0];
  return (name) => (name === first ? { autofocus: true } : {});
}
