import type { Context } from "hono";
import { createContext, useContext } from "hono/jsx";
import { Field, type FieldProps, Form, type OldInput, type Problems } from "../../forms/index.ts";
import { type Html, hxPushUrl } from "../../html/index.ts";
import { retryAfter } from "../../secure/index.ts";

export interface AuthCardProps {
  readonly title: string;
  readonly children: Html;
  /** Links below the form. */
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

/** The frame of every account page: a heading, the form, and links to related pages. */
export function AuthCard({ title, children, links = [] }: AuthCardProps) {
  return (
    <section class="auth" aria-labelledby="auth-title">
      <h1 id="auth-title">{title}</h1>
      {children}
      {links.length > 0 ? (
        <ul class="auth-links">
          {links.map(({ href, text }) => (
            <li>
              <a href={href}>{text}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** What a form shows when it comes back: its problems, and what the visitor typed. */
export interface FormState {
  readonly problems?: Problems;
  readonly old?: OldInput;
}

export interface AuthFormProps {
  readonly action: string;
  readonly id: string;
  /** Names of the fields, in order. The first one with a problem gets the focus; if only the form has one, the first field does. */
  readonly focus?: readonly string[];
  /** Values that the form sends back unchanged. Undefined ones are left out. */
  readonly hidden?: Readonly<Record<string, string | undefined>>;
  readonly enctype?: "multipart/form-data";
  readonly state?: FormState;
  readonly children?: Html;
  /** The text of the button. */
  readonly submit: string;
  /** The look of the button; default: primary. */
  readonly kind?: "secondary" | "danger";
}

const FocusContext = createContext<string | undefined>(undefined);

/** A form of an account page: its problems, its fields and one button. Use `AuthField` inside. */
export function AuthForm({ focus = [], hidden = {}, state = {}, submit, kind, children, ...rest }: AuthFormProps) {
  const { problems = {}, old } = state;
  const hasProblems = Object.keys(problems).length > 0;
  const focused = hasProblems ? (focus.find((name) => problems[name]?.length) ?? focus[0]) : undefined;
  return (
    <Form {...rest} problems={problems} {...(old ? { old } : {})}>
      {Object.entries(hidden).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
      <FocusContext.Provider value={focused}>{children}</FocusContext.Provider>
      <div class="actions">
        <button type="submit" class={kind}>
          {submit}
        </button>
      </div>
    </Form>
  );
}

/** A field of an `AuthForm`. It gets the focus when the form comes back and this is where the problem is. */
export function AuthField(props: FieldProps) {
  const isFocused = useContext(FocusContext) === props.name;
  return <Field {...props} {...(isFocused ? { autofocus: true } : {})} />;
}

/** The status of a form that comes back with problems. Also keeps htmx from pushing the form's action as the page's URL. */
export function withProblems(c: Context): 422 {
  hxPushUrl(c, false);
  return 422;
}

/** The status, header and message for too many attempts. */
export function tooManyAttempts(
  c: Context,
  retryAfterMs: number,
): { readonly status: 429; readonly problems: Problems } {
  hxPushUrl(c, false);
  const seconds = retryAfter({ retryAfterMs });
  c.header("Retry-After", seconds);
  const minutes = Math.ceil(Number(seconds) / 60);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  return { status: 429, problems: { _form: [`Too many attempts. Try again in ${wait}.`] } };
}
