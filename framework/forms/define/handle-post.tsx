import type { Context } from "hono";
import { parseLocalPath } from "../../base/index.ts";
import { readHtmxRequest } from "../../html/index.ts";
import { noFormAnswer } from "../errors.ts";
import { type Entry, readBody } from "../input/read-body.ts";
import {
  isOwnField,
  type OldInput,
  type Problems,
  type SentValues,
  sentValues,
  sourceOf,
  validateEntries,
} from "../input/read-form.ts";
import { fieldNames, mayTakeFiles } from "../input/schema-shape.ts";
import { answerDone } from "./answer-done.tsx";
import { answerRefused } from "./answer-refused.tsx";
import type { FormAnswer } from "./answers.ts";
import { type FormBlueprint, ownFields, type ShownForm } from "./form-element.tsx";
import { actionOf } from "./form-page.ts";
import { type FormPosts, formPostsOf } from "./form-posts.ts";
import { keepInput } from "./keep-input.tsx";
import { submissionId } from "./submissions.ts";

export interface PostHandling<Name extends string, Given> {
  readonly form: FormBlueprint<Name, Given>;
  readonly accept: (data: unknown) => Promise<FormAnswer>;
  readonly readGiven: (old: OldInput) => Promise<Given>;
}

/** The header with the name of a field, of requests that only check it. */
export const checkHeader = "X-Check-Field";

/** Reads a form, has it accepted once, and answers: htmx or a plain post, accepted or refused. */
export async function handlePost<Name extends string, Given>(
  c: Context,
  handling: PostHandling<Name, Given>,
): Promise<Response> {
  const { form } = handling;
  const posts = formPostsOf(c);
  const entries = await readBody(c, { takesFiles: mayTakeFiles(form.schema) });
  const result = await validateEntries(entries, form.schema, sourceOf(c));
  const problems = result.ok ? {} : byField(result.problems);
  const checked = c.req.header(checkHeader);
  if (checked !== undefined) return answerCheck(c, Object.hasOwn(problems, checked) ? (problems[checked] ?? []) : []);
  if (posts.dev) warnAboutUnknownFields(c, form, { entries, posts });
  const sent = sentValues(entries);
  const shown = (more: Partial<ShownForm<Given>> = {}) => shownForm(handling, { entries, sent, more });
  if (!result.ok) return answerRefused(c, form, await shown({ problems, sent }));
  let answer: FormAnswer;
  try {
    answer = await acceptOnce(c, handling, { entries, data: result.data });
  } catch (error) {
    // What was typed isn't lost: the page shows it again. htmx leaves it where it is.
    if (!readHtmxRequest(c).isPartial) await keepAfterError(c, form, () => shown({ sent }));
    throw error;
  }
  if (!(answer instanceof Response) && answer.outcome === "refused") {
    return answerRefused(c, form, await shown({ problems: answer.problems, sent }), answer.options);
  }
  if (answer instanceof Response) {
    if (answer.status < 400) posts.forget(formId(entries), actionOf(c));
    return answer;
  }
  posts.forget(formId(entries), actionOf(c));
  return answerDone(c, form, { options: answer.options, shown, page: ownPageOf(entries) });
}

/** The error that is being handled matters more than one in here. */
async function keepAfterError<Name extends string, Given>(
  c: Context,
  form: FormBlueprint<Name, Given>,
  readShown: () => Promise<ShownForm<Given>>,
): Promise<void> {
  try {
    await keepInput(c, form, await readShown());
  } catch (err) {
    formPostsOf(c).log.warn({ err }, "the input of a form couldn't be kept");
  }
}

async function acceptOnce<Name extends string, Given>(
  c: Context,
  { accept }: PostHandling<Name, Given>,
  { entries, data }: { readonly entries: readonly Entry[]; readonly data: unknown },
): Promise<FormAnswer> {
  const run = async () => {
    const answer: FormAnswer | undefined = await accept(data);
    if (answer === undefined) throw noFormAnswer({ path: c.req.path });
    return answer;
  };
  const key = textOf(entries, ownFields.key);
  if (key === undefined || !/^[\w-]{16,64}$/.test(key)) return run();
  const visitor: unknown = c.get("csrfToken");
  const id = await submissionId(entries, { key, path: c.req.path, visitor: String(visitor) });
  return formPostsOf(c).submissions.once(id, run);
}

async function shownForm<Name extends string, Given>(
  { readGiven }: PostHandling<Name, Given>,
  request: {
    readonly entries: readonly Entry[];
    readonly sent: SentValues;
    readonly more: Partial<ShownForm<Given>>;
  },
): Promise<ShownForm<Given>> {
  const { entries, sent, more } = request;
  const keeps = textOf(entries, ownFields.keeps) !== undefined;
  const page = ownPageOf(entries);
  const old = Object.fromEntries(Object.entries(sent).map(([name, values]) => [name, values.at(-1) ?? ""]));
  return {
    id: formId(entries),
    problems: {},
    sent: keeps ? sent : undefined,
    hidden: sent,
    values: undefined,
    keeps,
    given: await readGiven(old),
    ...(page === null ? {} : { page }),
    ...more,
  };
}

/** A list's entries have problems of their own, such as `tags.0`; they are shown at the field. */
function byField(problems: Problems): Problems {
  const merged: Record<string, readonly string[]> = {};
  for (const [path, texts] of Object.entries(problems)) {
    const name = path.split(".")[0] ?? path;
    merged[name] = [...new Set([...(merged[name] ?? []), ...texts])];
  }
  return merged;
}

function answerCheck(c: Context, problems: readonly string[]): Response {
  c.header("Cache-Control", "no-store");
  return c.json({ problems });
}

/** The form that was sent. Only safe characters: it is used in selectors. */
function formId(entries: readonly Entry[]): string {
  const id = textOf(entries, ownFields.id) ?? "";
  return /^[A-Za-z][\w-]{0,199}$/.test(id) ? id : "form";
}

/** The page to return to, if the form was shown on a page of its own. Anyone can send anything, so only a path on this site counts. */
function ownPageOf(entries: readonly Entry[]): string | null {
  return parseLocalPath(textOf(entries, ownFields.page) ?? "");
}

function textOf(entries: readonly Entry[], name: string): string | undefined {
  const value = entries.find(([sentName]) => sentName === name)?.[1];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function warnAboutUnknownFields<Name extends string, Given>(
  c: Context,
  form: FormBlueprint<Name, Given>,
  { entries, posts }: { readonly entries: readonly Entry[]; readonly posts: FormPosts },
): void {
  const known = fieldNames(form.schema);
  const unknown = entries
    .map(([name]) => name.replace(/\[\]$/, ""))
    .filter((name) => known && !known.includes(name) && !isOwnField(name));
  if (unknown.length === 0) return;
  posts.log.warn(
    { path: c.req.path, unknown, known },
    `the form sends ${unknown.join(", ")}, which its schema doesn't have, so it is ignored: use <f.Field>, or add it to the schema`,
  );
}
