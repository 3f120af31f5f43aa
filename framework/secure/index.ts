export { type BodyLimitOptions, bodyLimit } from "./body-limit.ts";
export { addressKey, clientAddress, readClientAddress } from "./client-address.ts";
export { formatPolicy, type PolicyDirectives, type PolicyOptions } from "./content-security-policy.ts";
export { cookieName, dropCookie, type OwnCookie, readCookie, writeCookie } from "./cookies.ts";
export { type CsrfOptions, csrf } from "./csrf.ts";
export {
  createDatabaseRateLimits,
  type DatabaseRateLimitsOptions,
  type RateLimitTables,
} from "./database-rate-limits.ts";
export { type HostAllowListOptions, hostAllowList } from "./host-allow-list.ts";
export { createMemoryRateLimits, type MemoryRateLimitsOptions } from "./memory-rate-limits.ts";
export { createProxyTrust, type ProxyTrust } from "./proxy-trust.ts";
export { type RateLimitOptions, rateLimit, retryAfter } from "./rate-limit.ts";
export type { RateLimitStore, RateRule } from "./rate-limit-store.ts";
export { createRateLimiter, type RateLimiter, type RateVerdict } from "./rate-limiter.ts";
export { createRedisRateLimits } from "./redis-rate-limits.ts";
export { refuseCrossSite } from "./refuse-cross-site.ts";
export { type RequestIdOptions, requestId } from "./request-id.ts";
export { isSafeMethod } from "./safe-method.ts";
export { safeRedirect } from "./safe-redirect.ts";
export { type SecureHeadersOptions, secureHeaders } from "./secure-headers.ts";
export { documentHeaders, type SecurityHeadersOptions, securityHeaders } from "./security-headers.ts";
export { createSigner, type Signer } from "./signer.ts";
