import { changesEverything, changesStructure, type Write } from "./change.ts";

const everything: readonly Write[] = [{ ...changesEverything, act: "delete" }];
const structure: readonly Write[] = [{ ...changesStructure, act: "delete" }];

const harmless = new Set(
  "values table show describe desc pragma begin start commit end abort rollback savepoint release set reset use vacuum listen unlisten notify lock unlock checkpoint declare fetch close".split(
    " ",
  ),
);
/** They may contain statements that write. */
const containers = new Set("with explain analyze select".split(" "));
const verbs = /\b(insert|update|delete|merge|into)\b/i;

const single =
  /^(?:(insert(?:\s+(?:or\s+\w+|ignore|low_priority|high_priority|delayed))*\s+into|replace\s+into|merge\s+into)\s+(NAME)|(update(?:\s+or\s+\w+)?(?:\s+only)?)\s+(NAME)(?:\s+as)?(?:\s+\w+)?\s+set\s|(delete\s+from(?:\s+only)?)\s+(NAME)(?=\s|$)(?!\s*,))/;
const target = new RegExp(
  single.source.replaceAll("NAME", '(?:"[^"]+"|`[^`]+`|\\[[^\\]]+\\]|[\\w$]+|\\s*\\.\\s*)+'),
  "i",
);

/** What a statement that was written by hand changes, as far as its beginning says; everything if it doesn't. */
export function writesOfSql(sql: string): readonly Write[] {
  const text = statementIn(sql);
  // PostgreSQL runs several statements at once. A block is one of MariaDB's.
  if (/;\s*\S/.test(text) || /^begin\s+not\b/i.test(text)) return anything(text);
  const word = (/^\w*/.exec(text)?.[0] ?? "").toLowerCase();
  if (harmless.has(word)) return /\bprepared\b/i.test(text) ? everything : [];
  if (containers.has(word)) return verbs.test(withoutLocks(text)) ? everything : [];
  if (!/^(insert|replace|update|delete|merge)$/.test(word)) return anything(text);
  if (/\bwith\b/i.test(text)) return everything;
  const [, insert, inserted, update, updated, , deleted] = target.exec(text) ?? [];
  const name = inserted ?? updated ?? deleted;
  if (name === undefined) return everything;
  const table = name.split(".").pop() ?? "";
  const act =
    update && !/replace/i.test(update)
      ? "update"
      : insert && !/replace|merge/i.test(insert)
        ? actOfInsert(text)
        : "delete";
  return [{ table: table.replace(/["`[\]\s]/g, "").toLowerCase(), only: {}, act }];
}

/** The structure of the tables too, if it may be that. */
function anything(text: string): readonly Write[] {
  return /\b(create|alter|drop|rename|do|execute)\b/i.test(text) ? structure : everything;
}

function actOfInsert(text: string): Write["act"] {
  return /\bon\s+(conflict|duplicate)\b/i.test(text) ? "update" : "insert";
}

function withoutLocks(text: string): string {
  return text.replace(/\bfor\s+(no\s+key\s+)?update\b/gi, "");
}

/** Without comments and parentheses at the beginning, and without the semicolon at the end. */
export function statementIn(sql: string): string {
  let text = sql;
  for (let before = ""; text !== before; ) {
    before = text;
    text = text.replace(/^(?:\s+|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*(?!M?!)[\s\S]*?\*\/|\()/, "");
  }
  return text.replace(/[;\s]+$/, "");
}
