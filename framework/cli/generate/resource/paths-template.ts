import type { Model } from "../model/model.ts";

/** `paths.ts`: the paths of the pages, and the topics of their live streams. */
export function pathsSource({ thing }: Model): string {
  const { camel, plural, words } = thing;
  return `/** The path of the list. */
export const ${plural.camel}Path = "/${plural.kebab}";

export function ${camel}Path(id: string): string {
  return \`\${${plural.camel}Path}/\${id}\`;
}

/** The topic of the list's live updates. */
export const ${plural.camel}Topic = "${plural.kebab}";

/** The topic of one ${words}'s live updates. */
export function ${camel}Topic(id: string): string {
  return \`${thing.kebab}:\${id}\`;
}
`;
}

/** `format.ts`: formats dates and times; null if no field needs it. */
export function formatSource({ fields }: Model): string | null {
  const has = (type: string) => fields.some((field) => field.type === type);
  const blocks = [...(has("date") ? [dayFormat] : []), ...(has("datetime") ? [minuteFormat] : [])];
  return blocks.length === 0 ? null : `import type { Milliseconds } from "buffkit";\n\n${blocks.join("\n")}`;
}

const dayFormat = `/** \`2026-01-31\`, the format of date inputs; null if there is none. */
export function formatDay(at: Milliseconds | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString().slice(0, 10);
}
`;

const minuteFormat = `/** \`2026-01-31T23:59\` in UTC, the format of datetime-local inputs; null if there is none. */
export function formatMinute(at: Milliseconds | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString().slice(0, 16);
}
`;

/** The import line for what a file uses from `format.ts`; empty if it uses nothing. */
export function formatImport({ fields }: Model): string {
  const names = [
    ...(fields.some((field) => field.type === "date") ? ["formatDay"] : []),
    ...(fields.some((field) => field.type === "datetime") ? ["formatMinute"] : []),
  ];
  return names.length === 0 ? "" : `import { ${names.join(", ")} } from "./format.ts";\n`;
}
