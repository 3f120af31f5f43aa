export { createRedis, keepAliveMs, loadRedis, type OpenRedisOptions, openRedis, type Redis } from "./open-redis.ts";
export { type OutageTexts, reportOutages } from "./report-outages.ts";
export { dropConnection } from "./watch-redis.ts";
