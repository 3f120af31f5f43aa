import { isRecord } from "../../base/index.ts";
import type { Problems, SentValues } from "../input/read-form.ts";

/** A form that was refused, for the next time that the visitor sees it. */
export interface RefusedInput {
  /** Which form it is. */
  readonly id: string;
  /** The path that it was sent to: forms of two records may have the same id. */
  readonly action: string;
  readonly problems: Problems;
  readonly sent: SentValues;
}

/** As text for a cookie. `visitor` keeps another user of the same browser from seeing it. */
export function formatRefusedInput(input: RefusedInput, visitor: string): string {
  return JSON.stringify([visitor, input.id, input.action, input.problems, input.sent]);
}

/** The reverse; undefined if it belongs to somebody else or isn't ours. */
export function parseRefusedInput(text: string, visitor: string): RefusedInput | undefined {
  const [owner, id, action, problems, sent] = parseList(text);
  if (owner !== visitor || typeof id !== "string" || typeof action !== "string") return undefined;
  return isTexts(problems) && isTexts(sent) ? { id, action, problems, sent } : undefined;
}

function parseList(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function isTexts(value: unknown): value is Readonly<Record<string, readonly string[]>> {
  return isRecord(value) && Object.values(value).every((texts) => Array.isArray(texts));
}
