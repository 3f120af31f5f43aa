import type { Dialect } from "./drivers/dialect.ts";
import { databaseUrlInvalid } from "./errors.ts";

/** A parsed database URL. */
export type DatabaseAddress =
  | { readonly dialect: "sqlite"; readonly file: string }
  | { readonly dialect: Exclude<Dialect, "sqlite">; readonly url: string };

const serverSchemes = new Map<string, Exclude<Dialect, "sqlite">>([
  ["postgres:", "postgres"],
  ["postgresql:", "postgres"],
  ["mysql:", "mysql"],
  ["mariadb:", "mysql"],
]);

/**
 * Parses `sqlite:<file>`, `sqlite::memory:`, `postgres://…` or `mysql://…` (also `postgresql:` and `mariadb:`). Throws
 * `DB_URL_INVALID`, which names the `setting` that the URL came from.
 */
export function parseDatabaseUrl(text: string, setting = "DATABASE_URL"): DatabaseAddress {
  if (text.startsWith("sqlite:")) {
    const file = text.slice("sqlite:".length).replace(/^\/\/(?=.)/, "");
    if (file !== "") return { dialect: "sqlite", file };
  }
  const url = URL.canParse(text) ? new URL(text) : null; // URL.parse needs Node 22
  const dialect = url ? serverSchemes.get(url.protocol) : undefined;
  if (!url || !dialect || url.hostname === "") throw databaseUrlInvalid({ setting, address: redactUrl(text) });
  if (url.protocol === "mariadb:") return { dialect, url: text.replace(/^mariadb:/, "mysql:") };
  return { dialect, url: text };
}

/** Replaces the passwords in a connection URL, including those in its query, with `***` for logs and errors. */
export function redactUrl(text: string): string {
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@/i, (_, scheme: string, login: string) => {
      const user = login.includes(":") ? `${login.slice(0, login.indexOf(":"))}:***` : login;
      return `${scheme}${user}@`;
    })
    .replace(/([?&](?:password|pass|pwd)=)[^&#]*/gi, "$1***");
}
