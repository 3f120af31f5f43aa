import { type Change, everyTable } from "./change.ts";

const everything: readonly Change[] = [{ table: everyTable, only: {} }];

const harmless = new Set(
  "select values table show explain describe desc pragma begin start commit end rollback savepoint release set reset use analyze vacuum listen unlisten notify lock checkpoint declare fetch close discard".split(
    " ",
  ),
);

const target =
  /^(?:insert(?:\s+(?:or\s+\w+|ignore|low_priority|high_priority|delayed))*\s+into|replace\s+into|update(?:\s+or\s+\w+)?(?:\s+only)?|delete\s+from(?:\s+only)?|merge\s+into|truncate(?:\s+table)?(?:\s+only)?)\s+((?:["`[\w$]|\.)+["`\]]?)/i;

/** What a statement that was written by hand changes, as far as its beginning says; everything if it doesn't. */
export function changesOfSql(sql: string): readonly Change[] {
  const text = sql.replace(/^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()+/, "");
  const [word = ""] = /^\w*/.exec(text) ?? [];
  if (harmless.has(word.toLowerCase())) return [];
  if (word.toLowerCase() === "with") return /\b(insert|update|delete|merge)\b/i.test(text) ? everything : [];
  const name = target
    .exec(text)?.[1]
    ?.split(".")
    .pop()
    ?.replace(/["`[\]]/g, "");
  return name ? [{ table: name.toLowerCase(), only: {} }] : everything;
}
