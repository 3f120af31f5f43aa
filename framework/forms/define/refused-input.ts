import { isRecord } from "../../base/index.ts";
import type { Problems, SentValues } from "../input/read-form.ts";

/** A form that was refused, for the next time that the visitor sees it. */
export interface RefusedInput {
  /** Which form it is. */
  readonly id: string;
  readonly problems: Problems;
  readonly sent: SentValues;
}

/** As text for a cookie. `visitor` keeps another user of the same browser from seeing it. */
export function formatRefusedInput(input: RefusedInput, visitor: string): string {
  return JSON.stringify([visitor, input.id, input.problems, input.sent]);
}

/** The reverse; undefined if it belongs to somebody else or isn't ours. */
export function parseRefusedInput(text: string, visitor: string): RefusedInput | undefined {
  const [owner, id, problems, sent] = parseList(text);
  if (owner !== visitor || typeof id !== "string" || !isTexts(problems) || !isTexts(sent)) return undefined;
  return { id, problems, sent };
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
