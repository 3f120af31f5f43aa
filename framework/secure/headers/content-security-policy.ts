import { invalidPolicySource } from "../errors.ts";

/** Directives by name, each with its sources in order. */
export type PolicyDirectives = Readonly<Record<string, readonly string[]>>;

export interface PolicyOptions {
  /** Directives that replace the default of the same name; an empty list removes it. */
  readonly replace?: PolicyDirectives;
  /** Sources added to the defaults, for example by development tools. */
  readonly add?: PolicyDirectives;
  /** Hashes (`sha256-…`) of inline scripts that may run, such as the import map. */
  readonly scriptHashes?: readonly string[];
  /** Lets inline scripts of this one response run. */
  readonly nonce?: string;
}

/** Where browsers report, in development, what the policy of a page has blocked. */
export const policyReportsPath = "/__dev/policy-reports";

/** Everything from our own origin; no inline scripts, no `eval`, no framing. */
export const defaultPolicy: PolicyDirectives = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  "connect-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "font-src": ["'self'"],
  "manifest-src": ["'self'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
  "base-uri": ["'none'"],
  "object-src": ["'none'"],
};

/** The value of a Content-Security-Policy header (CSP level 3): the defaults, changed by the options. */
export function formatPolicy(options: PolicyOptions = {}): string {
  const directives = new Map(Object.entries({ ...defaultPolicy, ...options.replace }));
  for (const [name, sources] of Object.entries(options.add ?? {})) add(directives, name, sources);
  add(directives, "script-src", options.scriptHashes?.map((hash) => `'${hash}'`) ?? []);
  if (options.nonce) add(directives, "script-src", [`'nonce-${options.nonce}'`]);
  return [...directives]
    .filter(([, sources]) => sources.length > 0)
    .map(formatDirective)
    .join("; ");
}

function add(directives: Map<string, readonly string[]>, name: string, sources: readonly string[]): void {
  if (sources.length === 0) return;
  // 'none' counts only if it is the only source (CSP 3, section 2.3.1).
  const present = (directives.get(name) ?? []).filter((source) => source !== "'none'");
  directives.set(name, [...new Set([...present, ...sources])]);
}

function formatDirective([name, sources]: [string, readonly string[]]): string {
  for (const source of [name, ...sources]) {
    if (!/^[\x21-\x2b\x2d-\x3a\x3c-\x7e]+$/.test(source)) throw invalidPolicySource({ directive: name, source });
  }
  return `${name} ${sources.join(" ")}`;
}
