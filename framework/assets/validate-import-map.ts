import { z } from "zod";

/** An import map as browsers read it (HTML standard, "import maps"). */
export interface ImportMapJson {
  readonly imports: Readonly<Record<string, string>>;
  readonly scopes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly integrity?: Readonly<Record<string, string>>;
}

const urlRule = 'must start with "/", "./", "../" or "https://"';

const imports = z
  .record(z.string(), z.unknown(), "expected an object of module names and their URLs")
  .superRefine((entries, context) => {
    for (const [specifier, url] of Object.entries(entries)) {
      const message = urlProblem(specifier, url);
      if (message !== null) context.addIssue({ code: "custom", path: [specifier], message });
    }
  });

const scopes = z
  .record(z.string(), imports, "expected an object of path prefixes and their imports")
  .superRefine((groups, context) => {
    for (const prefix of Object.keys(groups).filter((key) => !isUrlLike(key))) {
      context.addIssue({ code: "custom", path: [prefix], message: `the prefix ${urlRule}` });
    }
  });

const hashRule = "expected sha256-…, sha384-… or sha512-… followed by a base64 hash";
const hash = z.string(hashRule).regex(/^sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2}$/, hashRule);
const integrity = z.record(z.string(), hash, "expected an object of URLs and their hashes");

const importMap = z.strictObject({
  imports: imports.optional(),
  scopes: scopes.optional(),
  integrity: integrity.optional(),
});

/** What is wrong with a value that should be an import map; empty when it's valid. Each problem says where it is and what was expected. */
export function importMapProblems(value: unknown): string[] {
  const { error } = importMap.safeParse(value);
  return (error?.issues ?? []).flatMap(describe);
}

function describe(issue: z.core.$ZodIssue): readonly string[] {
  const [key, ...rest] = issue.path;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((name) => `unknown key "${name}"; browsers know imports, scopes and integrity`);
  }
  if (key === undefined) return ['expected a JSON object such as { "imports": { … } }'];
  const place = [String(key), ...rest.map((step) => `[${JSON.stringify(step)}]`)].join("");
  return [`${place}: ${issue.message}`];
}

function urlProblem(specifier: string, url: unknown): string | null {
  if (specifier.trim() === "") return "the module name is empty";
  if (typeof url !== "string") return `the URL is of type ${typeof url}, expected a string`;
  if (specifier.endsWith("/") && !url.endsWith("/")) return `the name ends in "/", so the URL ${url} must too`;
  return isUrlLike(url) ? null : `the URL ${JSON.stringify(url)} ${urlRule}`;
}

/** http is allowed for development servers on this machine only. */
function isUrlLike(url: string): boolean {
  return /^(\/(?!\/)|\.\.?\/|https:\/\/[^/]|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(url) && !/\s/.test(url);
}
