import { KitError } from "../base/index.ts";

export interface StatusFacts {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly expected: string;
  readonly location: string | null;
  /** Where redirects led, if they did. */
  readonly redirectedTo?: string;
  /** What the page says, without its tags. */
  readonly text: string;
}

export function statusUnexpected({
  method,
  path,
  status,
  expected,
  location,
  redirectedTo,
  text,
}: StatusFacts): KitError {
  const leading = location === null ? "" : ` (to ${location})`;
  const led = redirectedTo === undefined ? "" : `, which led to ${redirectedTo},`;
  return new KitError({
    code: "TESTING_STATUS_UNEXPECTED",
    message: `${method} ${path}${led} responded with ${status}${leading}. Expected ${expected}.\n${excerptOf(text)}`,
    hint: `If the test expects this, pass { status: ${status} }.`,
  });
}

export function tooManyRedirects({ path }: { path: string }): KitError {
  return new KitError({
    code: "TESTING_TOO_MANY_REDIRECTS",
    message: `${path} was redirected more than 10 times.`,
    hint: "Look at just the first response: pass the status of the redirect, such as { status: 303 }.",
  });
}

export function otherOrigin({ given, appUrl }: { given: string; appUrl: string }): KitError {
  return new KitError({
    code: "TESTING_OTHER_ORIGIN",
    message: `${JSON.stringify(given)} isn't a URL of the app at ${appUrl}.`,
    hint: 'Pass a path, such as "/notes", or a full URL of the app.',
  });
}

export function formMissing({ page, fields, action, forms }: FormFacts): KitError {
  const wanted = [
    ...(action === undefined ? [] : [`the action ${action}`]),
    ...(fields.length === 0 ? [] : [`the fields ${fields.join(", ")}`]),
  ].join(" and ");
  return new KitError({
    code: "TESTING_FORM_MISSING",
    message: `${page} has no form with ${wanted || "fields"}. ${describeForms(forms)}`,
    hint: "Check the page's path and the names of the fields. To send something that no form on the page can send, use client.post.",
  });
}

export function formAmbiguous({ page, fields, forms }: FormFacts): KitError {
  return new KitError({
    code: "TESTING_FORM_AMBIGUOUS",
    message: `${page} has ${forms.length} forms with ${fields.length === 0 ? "any field" : `the fields ${fields.join(", ")}`}. ${describeForms(forms)}`,
    hint: 'Choose one by its action, such as { action: "/notes/1/delete" }.',
  });
}

export interface FormFacts {
  readonly page: string;
  readonly fields: readonly string[];
  readonly action?: string;
  readonly forms: readonly { readonly action: string; readonly names: readonly string[] }[];
}

export function optionMissing({ field, given, values }: { field: string; given: string; values: string[] }): KitError {
  return new KitError({
    code: "TESTING_OPTION_MISSING",
    message: `The field ${field} has no option ${JSON.stringify(given)}. Its options: ${values.map((value) => JSON.stringify(value)).join(", ")}.`,
    hint: "Choose one of them. To send something that no form on the page can send, use client.post.",
  });
}

export function mailMissing({ to, timeoutMs, others }: MailFacts): KitError {
  const arrived = others.length === 0 ? "No email arrived at all." : `These arrived: ${others.join("; ")}.`;
  return new KitError({
    code: "TESTING_MAIL_MISSING",
    message: `No email${to === undefined ? "" : ` to ${to}`} arrived within ${timeoutMs} ms. ${arrived}`,
    hint: "Check that the email is sent before the response, or by a job without a delay. If it's slow, allow more time with { timeoutMs }.",
  });
}

export interface MailFacts {
  readonly to?: string;
  readonly timeoutMs: number;
  readonly others: readonly string[];
}

export function inboxMissing(): KitError {
  return new KitError({
    code: "TESTING_INBOX_MISSING",
    message: "The app's emails can't be read, because the app has its own mail sender or isn't in development mode.",
    hint: "Let the test's configuration win: spread it last, `wire(app, { …, ...config })`, and don't set `dev: false`.",
  });
}

export function streamRefused({ path, status, text }: { path: string; status: number; text: string }): KitError {
  return new KitError({
    code: "TESTING_STREAM_REFUSED",
    message: `The stream ${path} was refused with ${status}.\n${excerptOf(text)}`,
    hint: "Check that a part declares each of the topics, and that this user may listen to them: client.as(user).listen(…).",
  });
}

export function eventMissing({ name, timeoutMs, skipped }: EventFacts): KitError {
  const seen = skipped.length === 0 ? "The stream was silent." : `Other events arrived: ${skipped.join(", ")}.`;
  return new KitError({
    code: "TESTING_EVENT_MISSING",
    message: `No event${name === undefined ? "" : ` named ${name}`} arrived within ${timeoutMs} ms. ${seen}`,
    hint: "Check who gets the broadcast (`to`) and which topics the stream listens to. If it's slow, allow more time with { timeoutMs }.",
  });
}

export interface EventFacts {
  readonly name?: string;
  readonly timeoutMs: number;
  readonly skipped: readonly string[];
}

export function streamEnded({ reason }: { reason: string }): KitError {
  return new KitError({
    code: "TESTING_STREAM_ENDED",
    message: `The stream has ended (${reason}), so no more events will arrive.`,
    hint: "Open another one with client.listen, and check whether the session ended or the kit was closed.",
  });
}

export function userRefused({ email, reason }: { email: string; reason: string }): KitError {
  return new KitError({
    code: "TESTING_USER_REFUSED",
    message: `The user with the email address ${email} wasn't created: ${reason}.`,
    hint: "Give each user in a test a different address, or leave it out to get a unique one.",
  });
}

export function loginFailed({ id, cause }: { id: string; cause?: unknown }): KitError {
  return new KitError({
    code: "TESTING_LOGIN_FAILED",
    message: `Can't log in the user with the id ${JSON.stringify(id)}: there is no session afterwards.`,
    hint: "Create the user first, in the same kit: `await createUser(kit, { name })`. Disabled users can't log in.",
    cause,
  });
}

export function appModuleMissing({ given }: { given: string }): KitError {
  return new KitError({
    code: "TESTING_APP_MODULE_MISSING",
    message: `${given} doesn't exist. Browser tests need the module that exports createApp.`,
    hint: 'Run them in the project\'s folder, or pass the path: createPlaywrightTest({ app: "app/app.tsx" }).',
  });
}

export function serverEnded({ output }: { output: string }): KitError {
  return new KitError({
    code: "TESTING_SERVER_ENDED",
    message: `The app's process has ended. Last output:\n${output.slice(-2_000).trim()}`,
    hint: "It runs the app's TypeScript with tsx, which must be installed: npm install --save-dev tsx",
  });
}

export function serverClosed(): KitError {
  return new KitError({
    code: "TESTING_SERVER_CLOSED",
    message: "The app of this test isn't running.",
    hint: "Use `server` only in the test that it belongs to, and await its calls.",
  });
}

const excerptLength = 400;
const references: Readonly<Record<string, string>> = { "#39": "'", quot: '"', lt: "<", gt: ">", amp: "&" };

/** The beginning of what a person would read. */
function excerptOf(text: string): string {
  const words = text
    .replace(/<(script|style|head)\b.*?<\/\1>/gs, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(#39|quot|lt|gt|amp);/g, (_reference, name: string) => references[name] ?? "")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > excerptLength ? `${words.slice(0, excerptLength)} …` : words;
}

function describeForms(forms: FormFacts["forms"]): string {
  if (forms.length === 0) return "It has no forms.";
  return `Its forms: ${forms.map(describeForm).join("; ")}.`;
}

function describeForm({ action, names }: FormFacts["forms"][number]): string {
  return names.length === 0 ? action : `${action} (${names.join(", ")})`;
}
