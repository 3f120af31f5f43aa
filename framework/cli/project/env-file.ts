import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { randomToken } from "../../base/index.ts";
import { fileUnreadable } from "../errors.ts";
import { print } from "../terminal/print.ts";

/** The variables of the folder's `.env`, overridden by those already set. Production only reads the real environment. */
export function readEnvironment(folder: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== "");
  return { ...parseEnv(readText(join(folder, ".env"))), ...Object.fromEntries(given) };
}

/**
 * The same for `buffkit dev`. If no auth secret is set, writes a random one to `.env` first, so that a fresh clone starts and sessions
 * survive restarts.
 */
export function developmentEnvironment(folder: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const known = readEnvironment(folder, environment);
  if (known.AUTH_SECRET) return known;
  const file = join(folder, ".env");
  const kept = readText(file).replace(/^AUTH_SECRET=.*\n?/m, "");
  const gap = kept === "" || kept.endsWith("\n") ? "" : "\n";
  const secret = randomToken();
  print("Added a random AUTH_SECRET to .env. Keep that file out of version control.");
  writeFileSync(file, `${kept}${gap}AUTH_SECRET=${secret}\n`, { mode: 0o600 });
  return { ...known, AUTH_SECRET: secret };
}

function readText(file: string): string {
  if (!existsSync(file)) return "";
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw fileUnreadable({ file, cause });
  }
}
