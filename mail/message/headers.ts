import { headerInvalid, subjectInvalid } from "../errors.ts";

const longestLine = 998; // RFC 5322, 2.1.1
const headerName = /^[A-Za-z][A-Za-z0-9-]{0,76}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controlCharacter = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/;
const setElsewhere = new Set(
  "from sender to cc bcc reply-to subject date message-id mime-version return-path received".split(" "),
);

/**
 * Checks additional headers: a valid name, a value on one line, and none that is set by the message itself. Throws
 * `MAIL_HEADER_INVALID`.
 */
export function checkHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (!headerName.test(name)) throw headerInvalid({ name, problem: "isn't a valid header name" });
    if (setElsewhere.has(key) || key.startsWith("content-") || key.startsWith("resent-")) {
      throw headerInvalid({ name, problem: "is set by the message itself" });
    }
    if (typeof value !== "string" || controlCharacter.test(value)) {
      throw headerInvalid({ name, problem: "contains a line break or control character" });
    }
    if (value.length > longestLine) throw headerInvalid({ name, problem: `is longer than ${longestLine} characters` });
    checked[name] = value;
  }
  return checked;
}

/** Checks that a subject isn't empty, is on one line and has at most 998 characters. Throws `MAIL_SUBJECT_INVALID`. */
export function checkSubject(subject: string): string {
  if (typeof subject !== "string" || subject.trim() === "") throw subjectInvalid({ problem: "is missing" });
  if (controlCharacter.test(subject)) throw subjectInvalid({ problem: "contains a line break or control character" });
  if (subject.length > longestLine) throw subjectInvalid({ problem: `is longer than ${longestLine} characters` });
  return subject;
}
