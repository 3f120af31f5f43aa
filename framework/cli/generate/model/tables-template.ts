import { propertyType } from "./field-code.ts";
import type { Model } from "./model.ts";

/** `tables.ts`: the row's type, added to the database's tables. */
export function tablesSource({ thing, fields }: Model): string {
  return `import type { Milliseconds } from "buffkit";

export interface ${thing.pascal}Table {
  readonly id: string;
${fields.map((field) => `  ${field.column}: ${propertyType(field)};`).join("\n")}
  readonly created_at: Milliseconds;
  changed_at: Milliseconds;
}

declare module "buffkit" {
  interface Tables {
    ${thing.plural.snake}: ${thing.pascal}Table;
  }
}
`;
}
