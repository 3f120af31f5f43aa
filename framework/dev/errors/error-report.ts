import type { Context } from "hono";
import { codeOf, createId, KitError } from "../../base/index.ts";
import { redactHeaders, redactUrl } from "./redact.ts";
import { readStack, type StackFrame } from "./stack-frames.ts";

/** One error in a chain of causes. */
export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly hint: string | undefined;
  readonly stack: string;
  readonly frames: readonly StackFrame[];
}

/** Everything a developer sees about a failed request. Cookies, authorization and tokens have already been redacted. */
export interface ErrorReport {
  readonly id: string;
  readonly at: number;
  readonly status: number;
  /** The error, followed by its causes. */
  readonly chain: readonly ErrorFacts[];
  readonly method: string;
  readonly url: string;
  readonly route: string | undefined;
  readonly requestId: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
}

const longestChain = 6;

/** Collects the facts about a failed request. */
export function reportError(error: Error, c: Context): ErrorReport {
  const requestId: unknown = c.get("requestId");
  return {
    id: createId(),
    at: Date.now(),
    status: statusOf(error),
    chain: chainOf(error),
    method: c.req.method,
    url: redactUrl(c.req.url),
    route: routeOf(c),
    requestId: typeof requestId === "string" ? requestId : undefined,
    headers: redactHeaders(c.req.raw.headers),
  };
}

function chainOf(error: Error): ErrorFacts[] {
  const chain: ErrorFacts[] = [];
  for (let current: unknown = error; current !== undefined && chain.length < longestChain; ) {
    chain.push(factsOf(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return chain;
}

function factsOf(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) {
    return { name: typeof error, message: String(error), code: undefined, hint: undefined, stack: "", frames: [] };
  }
  const code = codeOf(error) || undefined;
  const stack = redactUrl(error.stack ?? "");
  return {
    name: error.name,
    message: redactUrl(error.message),
    code,
    hint: error instanceof KitError ? error.hint : undefined,
    stack,
    frames: readStack(stack),
  };
}

function statusOf(error: Error): number {
  const status: unknown = "status" in error ? error.status : 500;
  return typeof status === "number" && status >= 400 && status <= 599 ? status : 500;
}

/** How far the request got. A pattern that ends in "*" is middleware; then it's the first route after it. */
function routeOf(c: Context): string | undefined {
  return c.req.matchedRoutes
    .slice(c.req.routeIndex)
    .map(({ path }) => path)
    .find((path) => !path.endsWith("*"));
}
