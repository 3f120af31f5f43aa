import { type Child, createContext, useContext } from "hono/jsx";
import type { ElementAttributes, Strict } from "../../html/index.ts";
import { type OldInput, type Problems, type SentValues, sentOf, wholeForm } from "../input/read-form.ts";
import { CsrfField } from "./csrf-field.tsx";

/** The initial value of a field; a list for fields with several values. */
export type FieldValue = string | number | bigint | boolean | null | undefined | readonly (string | number)[];

/** What the fields of a form share. */
export interface FormState {
  /** Prefix of the ids of the fields, so that two forms on a page don't clash. */
  readonly id: string;
  readonly problems: Problems;
  /** Every value that was sent, if the form is shown again. */
  readonly sent?: SentValues;
  /** What hidden fields keep when the others are empty again. */
  readonly hidden?: SentValues;
  /** The values that are edited; they replace the initial values of the fields. */
  readonly values?: Readonly<Record<string, FieldValue>>;
  /** Told about each field. Answers whether it gets the focus. */
  readonly onField?: (field: { readonly name: string; readonly type: string; readonly isWrong: boolean }) => boolean;
}

const FormContext = createContext<FormState>({ id: "field", problems: {} });

/** Gives the fields inside what they show. */
export const FormStateProvider = FormContext.Provider;

/** The state of the surrounding `<Form>`; empty outside a form. */
export function useForm(): FormState {
  return useContext(FormContext);
}

/** Attributes of the element, and of htmx, are passed on. */
export interface FormProps extends Omit<ElementAttributes<"form">, "action" | "method"> {
  /** The path that the form is sent to. */
  readonly action: string;
  /** Default: `post`. */
  readonly method?: "post" | "get";
  /** Id of the form element and prefix of the ids of its fields. Default: `form`. */
  readonly id?: string;
  readonly problems?: Problems;
  readonly old?: OldInput;
  readonly csrfToken?: string;
  readonly children?: Child;
}

/**
 * A form with its CSRF token and the problems of the form as a whole. It passes problems and old input on to its fields. The server
 * decides what is valid; set `novalidate` to turn off the checks of the browser.
 */
export function Form<Props extends FormProps>(props: Strict<Props, FormProps>) {
  const { action, method = "post", id = "form", problems = {}, old, csrfToken, children, ...rest }: FormProps = props;
  return (
    <form {...rest} id={id} action={action} method={method}>
      {method === "post" ? <CsrfField token={csrfToken} /> : null}
      <ProblemList problems={problems[wholeForm]} />
      <FormStateProvider value={{ id, problems, ...(old ? { sent: sentOf(old) } : {}) }}>{children}</FormStateProvider>
    </form>
  );
}

/** The problems of the form as a whole. */
export function ProblemList({ problems }: { readonly problems: readonly string[] | undefined }) {
  if (!problems?.length) return null;
  return (
    <div class="bk-problems" role="alert">
      {problems.map((problem) => (
        <p>{problem}</p>
      ))}
    </div>
  );
}
