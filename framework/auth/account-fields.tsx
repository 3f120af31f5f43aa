import { Field } from "../forms/index.ts";
import type { Html } from "../html/index.ts";

/** What `focusOn` gives: the attributes of the field that the cursor goes to. */
type FocusOf = (name: string) => { readonly autofocus?: true };

interface FocusProps {
  readonly focus: FocusOf;
}

/** The address of an account, which password managers know as its user name. */
export function EmailField({ focus }: FocusProps) {
  return (
    <Field
      name="email"
      label="Email"
      type="email"
      autocomplete="username"
      maxlength={254}
      required
      {...focus("email")}
    />
  );
}

export interface PresentPasswordFieldProps extends FocusProps {
  readonly name?: string;
  readonly label?: string;
}

/** The password that an account has. */
export function PresentPasswordField({ focus, name = "password", label = "Password" }: PresentPasswordFieldProps) {
  return <Field name={name} label={label} type="password" autocomplete="current-password" required {...focus(name)} />;
}

export interface NewPasswordFieldsProps extends FocusProps {
  readonly minLength: number;
}

/** A password that replaces another, twice, for nobody sees what is typed. */
export function NewPasswordFields({ focus, minLength }: NewPasswordFieldsProps) {
  return (
    <>
      <Field
        name="password"
        label="New password"
        type="password"
        autocomplete="new-password"
        hint={`At least ${minLength} characters.`}
        required
        {...focus("password")}
      />
      <Field
        name="password_confirmation"
        label="New password again"
        type="password"
        autocomplete="new-password"
        required
        {...focus("password_confirmation")}
      />
    </>
  );
}

/** The one button of a form. */
export function SubmitButton({ children }: { readonly children: Html }) {
  return (
    <div class="actions">
      <button type="submit">{children}</button>
    </div>
  );
}
