const refusedEndings = new Set([
  "map",
  "ts",
  "tsx",
  "mts",
  "cts",
  "env",
  "bak",
  "orig",
  "swp",
  "log",
  "sql",
  "sqlite",
  "db",
  "pem",
  "key",
]);

const wellKnown = ".well-known/";

/**
 * Whether a path, relative to an asset root, may be served at all: no segments with a leading dot, no backslashes or control
 * characters, no source maps, TypeScript sources, settings, backups or databases. Below `.well-known` (RFC 8615) names need no ending.
 */
export function isServable(path: string): boolean {
  if (path === "" || path.length > 1000 || path.endsWith("~")) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a NUL ends names in file systems.
  if (/[\u0000-\u001f\u007f\\]/.test(path)) return false;
  const isWellKnown = path.startsWith(wellKnown);
  const segments = (isWellKnown ? path.slice(wellKnown.length) : path).split("/");
  if (segments.some((segment) => segment === "" || segment.startsWith("."))) return false;
  const ending = /\.([^./]+)$/.exec(path)?.[1];
  if (ending === undefined || segments.at(-1)?.includes(".") === false) return isWellKnown;
  return !refusedEndings.has(ending.toLowerCase());
}
