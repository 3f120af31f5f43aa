/** An import map as browsers read it (HTML standard, "import maps"). */
export interface ImportMapJson {
  readonly imports: Readonly<Record<string, string>>;
  readonly scopes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly integrity?: Readonly<Record<string, string>>;
}

/** What is wrong with a value that should be an import map; empty when nothing is. Each problem names its place and the remedy. */
export function importMapProblems(value: unknown): string[] {
  if (!isRecord(value)) return ['it is no JSON object; expected { "imports": { … } }'];
  const known = ["imports", "scopes", "integrity"];
  const problems = Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `unknown key ${JSON.stringify(key)}; browsers know ${known.join(", ")}`);
  problems.push(...importsProblems("imports", orEmpty(value.imports)));
  const scopes = orEmpty(value.scopes);
  if (!isRecord(scopes)) problems.push("scopes is no object; expected a path prefix for each group of imports");
  else for (const [prefix, imports] of Object.entries(scopes)) problems.push(...scopeProblems(prefix, imports));
  problems.push(...integrityProblems(orEmpty(value.integrity)));
  return problems;
}

function orEmpty(value: unknown): unknown {
  return value === undefined ? {} : value;
}

function scopeProblems(prefix: string, imports: unknown): string[] {
  const place = `scopes[${JSON.stringify(prefix)}]`;
  const problems = importsProblems(place, imports);
  if (!isUrlLike(prefix)) problems.push(`${place}: the prefix must start with "/", "./", "../" or "https://"`);
  return problems;
}

function importsProblems(place: string, imports: unknown): string[] {
  if (!isRecord(imports)) return [`${place} is no object; expected module names with their addresses`];
  return Object.entries(imports).flatMap(([specifier, address]) => {
    const problem = addressProblem(specifier, address);
    return problem === null ? [] : [`${place}[${JSON.stringify(specifier)}]: ${problem}`];
  });
}

function addressProblem(specifier: string, address: unknown): string | null {
  if (specifier.trim() === "") return "the module name is empty";
  if (typeof address !== "string") return `the address is ${typeof address}, expected a text`;
  if (specifier.endsWith("/") && !address.endsWith("/"))
    return `the name ends in "/", so the address ${address} must do so too`;
  if (!isUrlLike(address))
    return `the address ${JSON.stringify(address)} must start with "/", "./", "../" or "https://"`;
  return null;
}

function integrityProblems(integrity: unknown): string[] {
  if (!isRecord(integrity)) return ["integrity is no object; expected addresses with their hashes"];
  return Object.entries(integrity).flatMap(([address, hash]) =>
    typeof hash === "string" && /^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}$/.test(hash)
      ? []
      : [`integrity[${JSON.stringify(address)}]: expected sha256-…, sha384-… or sha512-… with a base64 hash`],
  );
}

/** http is for development servers on this machine alone. */
function isUrlLike(address: string): boolean {
  return (
    /^(\/(?!\/)|\.\.?\/|https:\/\/[^/]|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(address) && !/\s/.test(address)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
