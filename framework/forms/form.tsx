import { type Child, createContext, useContext } from "hono/jsx";
import type { ElementAttributes, Strict } from "../html/index.ts";
import { CsrfField } from "./csrf-field.tsx";
import { type OldInput, type Problems, wholeForm } from "./read-form.ts";

/** What the fields of a form share. */
export interface FormState {
  /** Prefix of the ids of the fields, so that two forms on a page don't clash. */
  readonly id: string;
  readonly problems: Problems;
  /** Undefined when the form is shown for the first time. */
  readonly old: OldInput | undefined;
}

const FormContext = createContext<FormState>({ id: "field", problems: {}, old: undefined });

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
      <FormContext.Provider value={{ id, problems, old }}>{children}</FormContext.Provider>
    </form>
  );
}

function ProblemList({ problems }: { problems: readonly string[] | undefined }) {
  if (!problems?.length) return null;
  return (
    <div class="bk-problems" role="alert">
      {problems.map((problem) => (
        <p>{problem}</p>
      ))}
    </div>
  );
}
