import { z } from "zod";
import { fileField } from "../../forms/index.ts";
import { maxPasswordBytes } from "../passwords/passwords.ts";
import { normalizeEmail } from "../users/user.ts";

/** RFC 5321, 4.5.3.1.3: a path has at most 256 octets, brackets included. */
const maxEmailLength = 254;

const hasControl = /\p{Cc}/u;

/** An address, normalized. Its length is checked first, so that no pattern ever sees a long text. */
export const emailField = z
  .string({ error: "Enter your email address." })
  .max(maxEmailLength, { error: "This address is too long." })
  .transform(normalizeEmail)
  .pipe(z.email({ error: "Enter an email address such as name@example.com." }));

/** A password as it was typed: nothing is trimmed or cut. */
export const passwordField = z
  .string({ error: "Enter your password." })
  .min(1, { error: "Enter your password." })
  .refine((text) => Buffer.byteLength(text) <= maxPasswordBytes, { error: "This password is too long." });

/** A code of an authenticator app or a recovery code, as it was typed. */
export const codeField = z
  .string({ error: "Enter a code." })
  .trim()
  .min(1, { error: "Enter a code." })
  .max(40, { error: "This is no code." });

/** What a person is called. */
export const nameField = z
  .string({ error: "Enter your name." })
  .trim()
  .min(1, { error: "Enter your name." })
  .max(100, { error: "Use at most 100 characters." })
  .refine((text) => !hasControl.test(text), { error: "Use letters only, no control characters." });

/** A ticked box sends a value, an empty one sends nothing. */
export const checkboxField = z
  .string()
  .optional()
  .transform((value) => value !== undefined && value !== "");

/** A picture for the profile, or none. */
export const pictureField = fileField({ maxBytes: 512 * 1024 });
