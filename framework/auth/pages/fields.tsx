import { z } from "zod";
import { fileField } from "../../forms/index.ts";
import { maxPasswordBytes } from "../passwords/passwords.ts";
import { isPlainText } from "../users/plain-text.ts";
import { normalizeEmail } from "../users/user.ts";
import { AuthField } from "./auth-form.tsx";

/** RFC 5321, 4.5.3.1.3: a path has at most 256 octets, including the angle brackets. */
export const maxEmailLength = 254;

/** Zod's own pattern, but the last label may be one in another script (`xn--…`). */
const emailPattern =
  /^(?!\.)(?!.*\.\.)[a-z0-9_'+.-]*[a-z0-9_+-]@(?:[a-z0-9][a-z0-9-]*\.)+(?:[a-z]{2,}|xn--[a-z0-9-]{2,})$/i;

/** An email address, normalized. Its length is checked first, so that no pattern ever runs on a long text. */
export const emailField = z
  .string({ error: "Enter your email address." })
  .max(maxEmailLength, { error: "This email address is too long." })
  .transform(normalizeEmail)
  .pipe(z.email({ pattern: emailPattern, error: "Enter a valid email address, such as name@example.com." }));

/** The address of an account; password managers treat it as the user name. */
export function EmailField() {
  return (
    <AuthField name="email" label="Email" type="email" autocomplete="username" maxlength={maxEmailLength} required />
  );
}

/** The account that a password form is about, for password managers. */
export function HiddenUsername({ email }: { readonly email: string }) {
  return <input type="hidden" name="username" autocomplete="username" value={email} />;
}

/** A password exactly as typed: nothing is trimmed or truncated. */
export const passwordField = z
  .string({ error: "Enter your password." })
  .min(1, { error: "Enter your password." })
  .refine((text) => Buffer.byteLength(text) <= maxPasswordBytes, { error: "This password is too long." });

/** What to say if the current password is wrong. */
export const wrongPassword = "Incorrect password.";

export interface CurrentPasswordFieldProps {
  /** Default: `password`. */
  readonly name?: string;
  /** Default: "Password". */
  readonly label?: string;
}

/** The current password of an account. */
export function CurrentPasswordField({ name = "password", label = "Password" }: CurrentPasswordFieldProps) {
  return <AuthField name={name} label={label} type="password" autocomplete="current-password" required />;
}

/** A new password, entered twice because nobody can see what they type. */
export const newPasswordFields = { password: passwordField, password_confirmation: z.string().catch("") };

/** For `refine` on a schema with `newPasswordFields`. */
export function passwordsMatch(data: { readonly password: string; readonly password_confirmation: string }): boolean {
  return data.password.normalize("NFC") === data.password_confirmation.normalize("NFC");
}

/** What `refine` reports if the passwords differ. */
export const passwordsDiffer = { path: ["password_confirmation"], error: "The passwords don't match." };

/** The controls for `newPasswordFields`. */
export function NewPasswordFields({ minLength }: { readonly minLength: number }) {
  return (
    <>
      <AuthField
        name="password"
        label="New password"
        type="password"
        autocomplete="new-password"
        hint={`At least ${minLength} characters.`}
        required
      />
      <AuthField
        name="password_confirmation"
        label="Confirm new password"
        type="password"
        autocomplete="new-password"
        required
      />
    </>
  );
}

const maxCodeLength = 40;

/** A code from an authenticator app, or a recovery code. */
export const codeField = z
  .string({ error: "Enter your code." })
  .trim()
  .min(1, { error: "Enter your code." })
  .max(maxCodeLength, { error: "That code isn't valid." });

/** What to say about a code that is wrong, expired or used. */
export const wrongCode = "That code isn't valid or has already been used.";

/** The control for `codeField`. Recovery codes are upper case, which `autocapitalize` can help with. */
export function CodeField({ autocapitalize }: { readonly autocapitalize?: "characters" }) {
  return (
    <AuthField
      name="code"
      label="Code"
      autocomplete="one-time-code"
      autocapitalize={autocapitalize}
      spellcheck={false}
      maxlength={maxCodeLength}
      required
    />
  );
}

const maxNameLength = 100;

/** A person's name. */
export const nameField = z
  .string({ error: "Enter your name." })
  .trim()
  .min(1, { error: "Enter your name." })
  .max(maxNameLength, { error: `Use at most ${maxNameLength} characters.` })
  .refine(isPlainText, { error: "Your name contains characters that aren't allowed." });

/** The control for `nameField`. */
export function NameField({ value }: { readonly value?: string }) {
  return <AuthField name="name" label="Name" value={value} autocomplete="name" maxlength={maxNameLength} required />;
}

/** A ticked checkbox sends a value, an empty one sends nothing. */
export const checkboxField = z
  .string()
  .optional()
  .transform((value) => value !== undefined && value !== "");

/** An optional profile picture. */
export const pictureField = fileField({ maxBytes: 512 * 1024 });

/** The control for `pictureField`. */
export function PictureField() {
  return (
    <AuthField
      name="picture"
      label="Picture"
      type="file"
      accept="image/png,image/jpeg,image/gif,image/webp,image/avif"
      hint="PNG, JPEG, GIF, WebP or AVIF, up to 512 kB."
    />
  );
}
