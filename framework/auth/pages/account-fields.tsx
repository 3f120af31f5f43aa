import { Field } from "../../forms/index.ts";
import type { Focus } from "./form-answer.ts";

interface FocusProps {
  readonly focus: Focus;
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

/** Where the cursor goes, and under which name the form sends it: `password`, labelled "Password", unless given. */
export interface CurrentPasswordFieldProps extends FocusProps {
  readonly name?: string;
  readonly label?: string;
}

/** The password that an account has. */
export function CurrentPasswordField({ focus, name = "password", label = "Password" }: CurrentPasswordFieldProps) {
  return <Field name={name} label={label} type="password" autocomplete="current-password" required {...focus(name)} />;
}

/** Where the cursor goes, and how long a password must be. */
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
