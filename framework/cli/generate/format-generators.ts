import { formatRows } from "../terminal/format-rows.ts";
import { generators } from "./generators.ts";
import { fieldTypes } from "./plan/fields.ts";

/** What the help of `generate` adds: the generators, the types of fields, how to change what is written. */
export function formatGenerators(): string {
  const rows = generators.map(({ name, summary }) => [name, summary]);
  return [
    `Generators\n${formatRows(rows, "  ")}`,
    `Types of fields\n  ${fieldTypes.join(", ")}\n  with :nullable, :unique and a length, as in title:string:80:unique`,
    [
      "Templates of your own",
      "  generators/<generator>/<file>.ts takes the place of a built-in one, e.g. generators/resource/queries.ts:",
      "    export default (text, { name, fields }) => text.replace(…)",
      "  Its first argument is the built-in text. `--dry-run` shows the names of the templates.",
    ].join("\n"),
  ].join("\n\n");
}
