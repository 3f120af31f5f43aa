import { type Child, createContext, useContext } from "hono/jsx";
import { CsrfField } from "./csrf-field.tsx";
import { type OldInput, type Problems, wholeForm } from "./read-form.ts";

/** What the fields of a form share. */
export interface FormState {
  /** Prefix of the fields' ids, so that two forms on a page do not clash. */
  readonly id: string;
  readonly problems: Problems;
  /** Absent when the form is shown for the first time. */
  readonly old: OldInput | undefined;
}

const FormContext = createContext<FormState>({ id: "field", problems: {}, old: undefined });

/** The state of the `<Form>` around a component; empty outside of one. */
export function useForm(): FormState {
  return useContext(FormContext);
}

export interface FormProps {
  /** Path that takes the form. */
  readonly action: string;
  /** `post` unless given. */
  readonly method?: "post" | "get";
  /** Id of the form element and prefix of its fields' ids; `form` unless given. */
  readonly id?: string;
  readonly problems?: Problems;
  readonly old?: OldInput;
  readonly csrfToken?: string;
  readonly children?: Child;
  /** Further attributes, those of htmx included. */
  readonly [attribute: string]: unknown;
}

/**
 * A form with its CSRF token, the problems that concern it as a whole, and what its fields need to show their own problems and old
 * input. The server's checks are the ones that count, but browsers' own checks stay on unless `novalidate` is set.
 */
export function Form({
  action,
  method = "post",
  id = "form",
  problems = {},
  old,
  csrfToken,
  children,
  ...rest
}: FormProps) {
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
