import type { Redis } from "../../redis/index.ts";

/** How long it is known that an entry was replaced rather than lost; a node that is behind by more starts over. */
const rememberMs = 10 * 60_000;
const maxRemembered = 40_000;
const maxKeys = 20_000;
/** More missing entries than this are taken for lost. */
export const maxMissing = 10_000;

/**
 * Adds an entry with a key, and deletes those that it and others replaced a while ago, so that a key that changes often doesn't push what
 * others would read out of the stream. Besides the stream there are: the newest entry of each key; the replaced ones that are still there;
 * and the ids and running numbers of the deleted ones, because what is missing would otherwise count as lost.
 */
const script = `
local stream, newest, replaced, deleted = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local maxEntries, keepMs, key, number = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local id = redis.call("XADD", stream, "MAXLEN", "~", maxEntries, "*", unpack(ARGV, 5))
local now = tonumber(string.match(id, "^%d+"))
local older = redis.call("HGET", newest, key)
if older then redis.call("ZADD", replaced, now, older) end
if redis.call("HLEN", newest) >= ${maxKeys} then redis.call("DEL", newest) end
redis.call("HSET", newest, key, id .. " " .. number)
for _, entry in ipairs(redis.call("ZRANGEBYSCORE", replaced, "-inf", now - keepMs, "LIMIT", 0, 100)) do
  local oldId, oldNumber = string.match(entry, "^(%S+) (%S+)$")
  redis.call("ZREM", replaced, entry)
  redis.call("XDEL", stream, oldId)
  redis.call("ZADD", deleted, now, oldId, now, oldNumber)
end
redis.call("ZREMRANGEBYSCORE", deleted, "-inf", now - ${rememberMs})
redis.call("ZREMRANGEBYRANK", deleted, 0, -${maxRemembered} - 1)
for index = 2, 4 do redis.call("PEXPIRE", KEYS[index], ${rememberMs}) end
return id`;

/** What is special about an entry that replaces older ones. */
export interface Replacement {
  /** What it has in common with them. */
  readonly replaces: string;
  /** Its running number, as `numberOf` writes it. */
  readonly number: string;
}

export interface ReplacingEntry extends Replacement {
  readonly key: string;
  readonly maxEntries: number;
  readonly keepReplacedMs: number;
  readonly fields: readonly string[];
}

/** Adds an entry that replaces older ones. Resolves with its id. */
export async function addReplacement(redis: Redis, entry: ReplacingEntry): Promise<string> {
  const { key, maxEntries, keepReplacedMs, fields, replaces, number } = entry;
  // In a cluster, the braces put them next to the stream.
  const keys = [key, `{${key}}:newest`, `{${key}}:replaced`, deletedKey(key)];
  const values = [maxEntries, keepReplacedMs, replaces, number, ...fields];
  return String(await redis.eval(script, keys.length, ...keys, ...values));
}

/** Where the ids and running numbers of deleted entries are. */
export function deletedKey(key: string): string {
  return `{${key}}:deleted`;
}

/** A running number of a process, as one word. */
export function numberOf(publisher: string, count: number): string {
  return `${publisher}:${count}`;
}

/** Everything that is known to be deleted because something newer replaced it. */
export async function loadDeleted(redis: Redis, key: string): Promise<ReadonlySet<string>> {
  return new Set(await redis.zrange(deletedKey(key), 0, -1));
}

/** Whether all of these ids or running numbers are known to be deleted because something newer replaced them. */
export async function areDeleted(redis: Redis, key: string, names: readonly string[]): Promise<boolean> {
  if (names.length === 0) return true;
  const scores = await redis.zmscore(deletedKey(key), ...names);
  return scores.every((score) => score !== null);
}
