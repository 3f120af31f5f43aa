import type { Model } from "../model/model.ts";

/** `format.ts`: formats dates and times; null if no field needs it. */
export function formatSource(model: Model): string | null {
  const blocks = formatNames(model).map((name) => formats[name]);
  return blocks.length === 0 ? null : `import type { Milliseconds } from "buffkit";\n\n${blocks.join("\n")}`;
}

const formats = {
  formatDay: `/** \`2026-01-31\`, the format of date inputs; null if there is none. */
export function formatDay(at: Milliseconds | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, 10);
}
`,
  formatMinute: `/** \`2026-01-31T23:59\` in UTC, the format of datetime-local inputs; null if there is none. */
export function formatMinute(at: Milliseconds | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
}
`,
} as const;

/** What the pages use from `format.ts`. */
export function formatNames({ fields }: Model): readonly (keyof typeof formats)[] {
  const has = (type: string) => fields.some((field) => field.type === type);
  return [...(has("date") ? ["formatDay" as const] : []), ...(has("datetime") ? ["formatMinute" as const] : [])];
}
