import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "./samples.ts";

/** One error that the framework can throw, as its source states it. */
export interface KnownError {
  readonly code: string;
  readonly status: number;
  readonly meaning: string;
  readonly remedy: string;
}

const rooms = ["framework", "components", "mail", "bench", "create"];

/** Every error of every room's `errors.ts` (and `…-errors.ts`), sorted by code. */
export function knownErrors(): readonly KnownError[] {
  const errors = rooms
    .filter((room) => existsSync(join(projectFolder, room)))
    .flatMap(filesOf)
    .filter((file) => /(?:^|[/-])errors\.ts$/.test(file) && !file.includes("node_modules"))
    .flatMap((file) => errorsIn(readFileSync(join(projectFolder, file), "utf8")));
  const unique = new Map(errors.map((error) => [error.code, error]));
  return [...unique.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
}

function filesOf(room: string): string[] {
  return readdirSync(join(projectFolder, room), { recursive: true, encoding: "utf8" }).map((name) => join(room, name));
}

function errorsIn(source: string): KnownError[] {
  return source
    .split(/new KitError\(\{/)
    .slice(1)
    .map((rest) => rest.slice(0, rest.search(/\}\);/)))
    .map((body) => ({
      code: /code: "([A-Z_0-9]+)"/.exec(body)?.[1] ?? "",
      status: Number(/(?:^\s*|, )status: (\d+)/m.exec(body)?.[1] ?? 500),
      meaning: textOf(body, "message"),
      remedy: textOf(body, "hint"),
    }))
    .filter(({ code }) => code !== "");
}

/** The text of a property, with `…` in place of values. */
function textOf(body: string, property: string): string {
  const match = new RegExp(
    `${property}:\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)'|\`((?:[^\`\\\\]|\\\\.)*)\`)`,
  ).exec(body);
  const text = match?.[1] ?? match?.[2] ?? match?.[3] ?? "";
  return withoutValues(text)
    .replace(/\\n/g, " ")
    .replace(/\\(["'`])/g, "$1")
    .replace(/\|/g, "\\|")
    .replace(/<(\/?[a-z])/g, "\\<$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** Values may contain braces and quotes. */
function withoutValues(text: string): string {
  let result = "";
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (depth === 0 && text.startsWith("${", index)) {
      result += "…";
      depth = 1;
      index += 1;
    } else if (depth === 0) result += text[index];
    else if (text[index] === "{") depth += 1;
    else if (text[index] === "}") depth -= 1;
  }
  return result;
}
