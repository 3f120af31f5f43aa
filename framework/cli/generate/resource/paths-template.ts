import type { Model } from "../model/model.ts";

/** `paths.ts`: where the pages live, and the topics of their live streams. */
export function pathsSource({ thing }: Model): string {
  const { camel, plural, words } = thing;
  return `/** Where ${plural.words} live. */
export const ${plural.camel}Path = "/${plural.kebab}";

export function ${camel}Path(id: string): string {
  return \`\${${plural.camel}Path}/\${id}\`;
}

/** The topic of the streams that show the list. */
export const ${plural.camel}Topic = "${plural.kebab}";

/** The topic of the streams that show one ${words}. */
export function ${camel}Topic(id: string): string {
  return \`${thing.kebab}:\${id}\`;
}
`;
}

/** `format.ts`: how days and minutes are shown; null where no field needs it. */
export function formatSource({ fields }: Model): string | null {
  const has = (type: string) => fields.some((field) => field.type === type);
  const blocks = [...(has("date") ? [dayFormat] : []), ...(has("datetime") ? [minuteFormat] : [])];
  return blocks.length === 0 ? null : `import type { Milliseconds } from "buffkit";\n\n${blocks.join("\n")}`;
}

const dayFormat = `/** \`2026-01-31\`, as date inputs take it; null for none. */
export function formatDay(at: Milliseconds | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString().slice(0, 10);
}
`;

const minuteFormat = `/** \`2026-01-31T23:59\` in UTC, as inputs take it; null for none. */
export function formatMinute(at: Milliseconds | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString().slice(0, 16);
}
`;

/** The import of what a file uses of `format.ts`, as a line of its own; empty when it uses nothing. */
export function formatImport({ fields }: Model): string {
  const names = [
    ...(fields.some((field) => field.type === "date") ? ["formatDay"] : []),
    ...(fields.some((field) => field.type === "datetime") ? ["formatMinute"] : []),
  ];
  return names.length === 0 ? "" : `import { ${names.join(", ")} } from "./format.ts";\n`;
}
