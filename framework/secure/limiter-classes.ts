import { createRequire } from "node:module";
import type { RateLimiterRes, RateLimiterStoreAbstract } from "rate-limiter-flexible";

const require = createRequire(import.meta.url);

// The main module of rate-limiter-flexible 11 loads its stores for all databases, 36 modules; these two classes need seven of them.

/** What a limiter answers, and what it rejects with when the limit is passed. */
export const LimiterResult: typeof RateLimiterRes = require("rate-limiter-flexible/lib/RateLimiterRes.js");

/** The base class of all stores of rate-limiter-flexible; its main module declares it and does not export it. */
export const StoreLimiter: typeof RateLimiterStoreAbstract = require("rate-limiter-flexible/lib/RateLimiterStoreAbstract.js");
