import type { HtmlEscapedString } from "hono/utils/html";
import { raw } from "./raw.ts";

const escapes: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/**
 * JSON that may stand inside a `<script>`: `<`, `>`, `&`, U+2028 and U+2029 are written as escapes, so that no value can end the
 * element or start a comment. `undefined` becomes `null`.
 */
export function safeJson(value: unknown): string {
  return (JSON.stringify(value) ?? "null").replace(
    /[<>&\u2028\u2029]/g,
    (character) => escapes[character] ?? character,
  );
}

/** A block of data for client modules: `JSON.parse(document.getElementById(id).textContent)`. Not a script, so no CSP hash is needed. */
export function JsonScript(props: {
  readonly id: string;
  readonly value: unknown;
}): HtmlEscapedString | Promise<HtmlEscapedString> {
  return (
    <script type="application/json" id={props.id}>
      {raw(safeJson(props.value))}
    </script>
  );
}
