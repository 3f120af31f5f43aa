import { KitError } from "../base/index.ts";

/** The signer was given no secret, or an empty one. */
export function missingSecret(): KitError {
  return new KitError({
    code: "SECURE_MISSING_SECRET",
    message: "No secret to sign with; expected a list whose every entry is a non-empty text.",
    hint: "Set AUTH_SECRET to at least 32 random bytes, for example with `npx buffkit secret`.",
  });
}

/** A policy source that would break out of its directive or of the header. */
export function invalidPolicySource(facts: { directive: string; source: string }): KitError {
  return new KitError({
    code: "SECURE_INVALID_POLICY_SOURCE",
    message: `Content-Security-Policy: ${JSON.stringify(facts.source)} is no source for ${facts.directive}.`,
    hint: "A source is one word: 'self', a hash in single quotes, a scheme such as data:, or an origin.",
  });
}

/** The configured address of the application cannot be read. */
export function invalidAppUrl(facts: { appUrl: string }): KitError {
  return new KitError({
    code: "SECURE_INVALID_APP_URL",
    message: `${JSON.stringify(facts.appUrl)} is no address for the application; expected http:// or https:// and a host.`,
    hint: "Set APP_URL to the address that people type, such as https://example.com.",
  });
}

/** An entry of TRUST_PROXY that is no address, network or known name. */
export function invalidProxy(facts: { entry: string }): KitError {
  return new KitError({
    code: "SECURE_INVALID_PROXY",
    message: `TRUST_PROXY: ${JSON.stringify(facts.entry)} is no address, no network and no known name.`,
    hint: "Use loopback, private, an address such as 10.0.0.7 or a network such as 10.0.0.0/8, separated by commas.",
  });
}

/** A cookie that browsers or proxies would refuse or cut. */
export function oversizedCookie(facts: { name: string; bytes: number }): KitError {
  return new KitError({
    code: "SECURE_OVERSIZED_COOKIE",
    message: `The cookie ${JSON.stringify(facts.name)} would take ${facts.bytes} bytes; browsers keep at most 4096.`,
    hint: "Keep the data in the database and only an id in the cookie.",
  });
}

/** The counters behind a rate limit could not be reached in time. */
export function unreachableCounters(facts: { rule: string; cause: unknown }): KitError {
  return new KitError({
    code: "SECURE_UNREACHABLE_COUNTERS",
    message: `The counters of the rate limit ${JSON.stringify(facts.rule)} could not be reached, so the request was refused.`,
    hint: "Check the database or Redis that keeps rate limits.",
    status: 503,
    cause: facts.cause,
  });
}
