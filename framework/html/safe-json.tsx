import type { HtmlEscapedString } from "hono/utils/html";
import { raw } from "./html.ts";

const escapes: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/**
 * JSON that is safe inside a `<script>`: `<`, `>`, `&`, U+2028 and U+2029 are escaped, so that no value can close the element or start a
 * comment. `undefined` becomes `null`.
 */
export function safeJson(value: unknown): string {
  return (JSON.stringify(value) ?? "null").replace(
    /[<>&\u2028\u2029]/g,
    (character) => escapes[character] ?? character,
  );
}

/** A data block for client modules: `JSON.parse(document.getElementById(id).textContent)`. It isn't executed, so it needs no CSP hash. */
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
