import { formatRows } from "../terminal/format-rows.ts";
import { generators } from "./generators.ts";
import { fieldTypes } from "./plan/fields.ts";

/** The part of `generate --help` about generators, field types and custom templates. */
export function formatGenerators(): string {
  const rows = generators.map(({ name, summary }) => [name, summary]);
  return [
    `Generators\n${formatRows(rows, "  ")}`,
    [
      `Field types\n  ${fieldTypes.join(", ")}`,
      "  with :nullable, :unique and a length, e.g. title:string:80:unique",
      "  board:references points to the table boards; creator:references:users names another table",
    ].join("\n"),
    [
      "Custom templates",
      "  generators/<generator>/<file>.ts replaces a built-in template, e.g. generators/resource/pages.ts:",
      "    export default (text, { name, fields }) => text.replace(…)",
      "  The first argument is the built-in text. `--dry-run` shows the template names.",
    ].join("\n"),
  ].join("\n\n");
}
