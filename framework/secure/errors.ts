import { KitError } from "../base/index.ts";

/** The signer got no secret, or an empty one. */
export function missingSecret(): KitError {
  return new KitError({
    code: "SECURE_MISSING_SECRET",
    message: "There's no secret to sign with; expected a list of non-empty strings.",
    hint: "Set AUTH_SECRET to at least 32 random bytes, for example with `npx buffkit secret`.",
  });
}

/** A policy source that would break out of its directive or of the header. */
export function invalidPolicySource(facts: { directive: string; source: string }): KitError {
  return new KitError({
    code: "SECURE_INVALID_POLICY_SOURCE",
    message: `Content-Security-Policy: ${JSON.stringify(facts.source)} isn't a valid source for ${facts.directive}.`,
    hint: "A source is one word: 'self', a hash in single quotes, a scheme such as data:, or an origin.",
  });
}

/** The configured URL of the app can't be parsed. */
export function invalidAppUrl(facts: { appUrl: string }): KitError {
  return new KitError({
    code: "SECURE_INVALID_APP_URL",
    message: `${JSON.stringify(facts.appUrl)} isn't a valid URL for the app; expected http:// or https:// and a host.`,
    hint: "Set APP_URL to the address that people type, such as https://example.com.",
  });
}

/** An entry of TRUST_PROXY that isn't an address, a network or a known name. */
export function invalidProxy(facts: { entry: string }): KitError {
  return new KitError({
    code: "SECURE_INVALID_PROXY",
    message: `TRUST_PROXY: ${JSON.stringify(facts.entry)} isn't an address, a network or a known name.`,
    hint: "Use loopback, private, an address such as 10.0.0.7 or a network such as 10.0.0.0/8, separated by commas.",
  });
}

/** A cookie that browsers or proxies would refuse or truncate. */
export function oversizedCookie(facts: { name: string; bytes: number }): KitError {
  return new KitError({
    code: "SECURE_OVERSIZED_COOKIE",
    message: `The cookie ${JSON.stringify(facts.name)} would take ${facts.bytes} bytes; browsers keep at most 4096.`,
    hint: "Keep the data in the database and only an id in the cookie.",
  });
}

/** The store of the rate limits didn't answer in time. */
export function unreachableCounters(facts: { rule: string; cause: unknown }): KitError {
  return new KitError({
    code: "SECURE_UNREACHABLE_COUNTERS",
    message: `The store for the rate limit ${JSON.stringify(facts.rule)} couldn't be reached, so the request was refused.`,
    hint: "Check the database or Redis that keeps rate limits.",
    status: 503,
    cause: facts.cause,
  });
}

/** Redis is not connected at the moment; the cause of `SECURE_UNREACHABLE_COUNTERS`. */
export function redisNotReady(facts: { status: string }): KitError {
  return new KitError({
    code: "SECURE_REDIS_NOT_READY",
    message: `Redis isn't connected (status: ${facts.status}).`,
    hint: "Check REDIS_URL and whether Redis is running. The connection is retried automatically.",
    status: 503,
  });
}

/** A NUL in the query of a request. */
export function nulInQuery(): KitError {
  return new KitError({
    code: "SECURE_NUL_IN_QUERY",
    message: "The query contains a NUL character (%00), which isn't allowed.",
    hint: "Leave it out.",
    status: 400,
  });
}

/** A request body that is larger than its route takes. */
export function bodyTooLarge(facts: { maxBytes: number }): KitError {
  return new KitError({
    code: "SECURE_BODY_TOO_LARGE",
    message: `The request body is too large; at most ${facts.maxBytes} bytes are accepted.`,
    hint: "For files, use fileField() in the schema of the form, and secure.maxUploadBytes for its limit; secure.maxBytes is that of all other bodies.",
    status: 413,
  });
}

/** Too many bodies at a time. */
export function tooManyUploads(facts: { isFromOneAddress: boolean }): KitError {
  return new KitError({
    code: "SECURE_TOO_MANY_UPLOADS",
    message: `Too much is being uploaded${facts.isFromOneAddress ? " from this address" : ""} right now. Please try again in a moment.`,
    hint: "secure.maxBytesPerAddress and secure.maxBytesInTotal are the limits. Behind a proxy, set TRUST_PROXY.",
    status: facts.isFromOneAddress ? 429 : 503,
  });
}
