import type { Context } from "hono";
import { randomToken, type StandardSchema } from "../../base/index.ts";
import { currentRequest, type Html, isShared } from "../../html/index.ts";
import { CsrfField } from "../fields/csrf-field.tsx";
import { type FieldValue, type FormProps, type FormState, FormStateProvider, ProblemList } from "../fields/form.tsx";
import { type Problems, type SentValues, wholeForm } from "../input/read-form.ts";
import type { FormFields } from "./form-fields.tsx";
import { formPostsOf } from "./form-posts.ts";

/** A form as it was defined. */
export interface FormBlueprint<Name extends string, Given> {
  readonly schema: StandardSchema;
  /** Undefined for posts that no form of this definition is shown for, such as those of single buttons. */
  readonly fields: ((f: FormFields<Name>, given: Given) => Html) | undefined;
  readonly f: FormFields<Name>;
  readonly isMultipart: boolean;
}

/** What a form shows at one place. */
export interface ShownForm<Given> {
  readonly id: string;
  readonly problems: Problems;
  readonly sent: SentValues | undefined;
  /** What hidden fields keep if nothing else was sent. */
  readonly hidden?: SentValues;
  readonly values: Readonly<Record<string, FieldValue>> | undefined;
  /** Whether it goes on showing its values after they were saved. */
  readonly keeps: boolean;
  readonly given: Given;
  /** The page that the form belongs to, if it is shown on a page of its own. */
  readonly page?: string;
}

/** The hidden fields that say which form was sent, and make a doubled post harmless. */
export const ownFields = { id: "_form_id", key: "_form_key", keeps: "_form_keeps", page: "_form_page" } as const;

export interface FormElementProps<Name extends string, Given> {
  readonly form: FormBlueprint<Name, Given>;
  readonly shown: ShownForm<Given>;
  readonly attributes: Omit<FormProps, "id" | "problems" | "old" | "method">;
}

/** The whole form. If the visitor was sent back to it, it shows what was sent, and the problems. Newer input comes first. */
export function FormElement<Name extends string, Given>({ form, shown, attributes }: FormElementProps<Name, Given>) {
  const { action, ...rest } = attributes;
  const multipart = form.isMultipart
    ? ({ enctype: "multipart/form-data", "hx-encoding": "multipart/form-data" } as const)
    : {};
  const c = currentRequest();
  const refused = c && shown.sent === undefined ? formPostsOf(c).take(shown.id, placeOf(c, action)) : undefined;
  return (
    <form
      data-bk-form=""
      hx-post={action}
      hx-swap="innerMorph"
      {...multipart}
      {...rest}
      id={shown.id}
      action={action}
      method="post"
    >
      <FormContent form={form} shown={refused ? { ...shown, problems: refused.problems, sent: refused.sent } : shown} />
    </form>
  );
}

/** An action as the path that it is sent to. */
function placeOf(c: Context, action: string): string {
  if (!URL.canParse(action, c.req.url)) return action;
  const { pathname, search } = new URL(action, c.req.url);
  return pathname + search;
}

export interface FormContentProps<Name extends string, Given> {
  readonly form: FormBlueprint<Name, Given>;
  readonly shown: ShownForm<Given>;
  /** Told about the fields, in order. */
  readonly onField?: (field: { readonly name: string; readonly type: string }) => void;
}

/** What is inside of the form element. */
export function FormContent<Name extends string, Given>({ form, shown, onField }: FormContentProps<Name, Given>) {
  const { id, problems, sent, hidden, values, keeps, given, page } = shown;
  const names = new Set<string>();
  let hasFocus = false;
  const state: FormState = {
    id,
    problems,
    ...(sent ? { sent } : {}),
    ...(hidden ? { hidden } : {}),
    ...(values ? { values } : {}),
    onField(field) {
      onField?.(field);
      names.add(field.name);
      const isFocused = field.isWrong && !hasFocus;
      hasFocus ||= isFocused;
      return isFocused;
    },
  };
  return (
    <>
      <CsrfField />
      <input type="hidden" name={ownFields.id} value={id} />
      {/* Firefox would fill in the old, used key when the page is reloaded. */}
      {isShared() ? null : <input type="hidden" name={ownFields.key} value={randomToken(16)} autocomplete="off" />}
      {keeps ? <input type="hidden" name={ownFields.keeps} value="yes" /> : null}
      {page === undefined ? null : <input type="hidden" name={ownFields.page} value={page} />}
      <ProblemList problems={problems[wholeForm]} />
      <FormStateProvider value={state}>{form.fields?.(form.f, given)}</FormStateProvider>
      <OtherProblems problems={problems} shownNames={names} />
    </>
  );
}

/** Problems of names without a field, which nobody would see otherwise. It is rendered after the fields. */
function OtherProblems({ problems, shownNames }: { problems: Problems; shownNames: ReadonlySet<string> }) {
  const others = Object.entries(problems).filter(([name]) => name !== wholeForm && !shownNames.has(name));
  return <ProblemList problems={others.flatMap(([, texts]) => texts)} />;
}
