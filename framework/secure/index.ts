export { type RateLimitStoreSubject, rateLimitStoreChecks } from "./conformance/rate-limit-store-conformance.ts";
export { cookieName, dropCookie, type OwnCookie, readCookie, writeCookie } from "./cookies.ts";
export { isCrossSite, refuseCrossSite } from "./csrf/cross-site.ts";
export { type CsrfOptions, csrf } from "./csrf/csrf.ts";
export {
  formatPolicy,
  type PolicyDirectives,
  type PolicyOptions,
  policyReportsPath,
} from "./headers/content-security-policy.ts";
export { type SecureHeadersOptions, secureHeaders } from "./headers/secure-headers.ts";
export { documentHeaders, type SecurityHeadersOptions, securityHeaders } from "./headers/security-headers.ts";
export { varyOn } from "./headers/vary-on.ts";
export { warnAboutRedirects } from "./headers/warn-about-redirects.ts";
export {
  createDatabaseRateLimits,
  type DatabaseRateLimitsOptions,
  type RateLimitTables,
} from "./rate-limits/database-rate-limits.ts";
export { createMemoryRateLimits, type MemoryRateLimitsOptions } from "./rate-limits/memory-rate-limits.ts";
export { type RateLimitOptions, rateLimit, retryAfter } from "./rate-limits/rate-limit.ts";
export type { Counter, RateLimitStore } from "./rate-limits/rate-limit-store.ts";
export { createRateLimiter, type RateLimiter, type RateRule, type RateVerdict } from "./rate-limits/rate-limiter.ts";
export { createRedisRateLimits } from "./rate-limits/redis-rate-limits.ts";
export { type BodyLimitOptions, type BodySize, bodyLimit } from "./requests/body-limit.ts";
export { addressKey, clientAddress, readClientAddress } from "./requests/client-address.ts";
export { isForm, readFormEntries } from "./requests/form-entries.ts";
export type { FormEntries, FormEntry } from "./requests/form-entry.ts";
export { type HostAllowListOptions, hostAllowList } from "./requests/host-allow-list.ts";
export { limitUnreadResponses, type UnreadResponseOptions } from "./requests/limit-unread-responses.ts";
export { logRefusals, noteRefusal, type Refusal } from "./requests/log-refusals.ts";
export { createProxyTrust, type ProxyTrust } from "./requests/proxy-trust.ts";
export { refuseNul } from "./requests/refuse-nul.ts";
export { isSafeMethod } from "./requests/safe-method.ts";
export { safeRedirect } from "./safe-redirect.ts";
export { createSigner, type Signer } from "./signer.ts";
