export { createRedis, loadRedis, type OpenRedisOptions, openRedis, type Redis } from "./open-redis.ts";
