import type { Redis } from "../../redis/index.ts";
import { type EventId, formatEventId } from "../event/wire-format.ts";
import { fenceFields } from "./redis-entry.ts";
import { deletedKey } from "./redis-replacements.ts";

export interface OrderPosition {
  readonly key: string;
  /** The newest entry that this node has received; zero for none. */
  readonly last: EventId;
  /** How many entries the stream keeps, approximately. */
  readonly maxEntries: number;
}

/**
 * `intact`: what follows the position is all there is. `fenced`: entries may be lost, and a fence in the stream says so to all nodes,
 * those included that start later. `trimmed`: this node alone was too slow, and the entries it needs are gone.
 */
export type OrderState = "intact" | "fenced" | "trimmed";

/**
 * Compares the server with the one that the stream was last used on, and the position with the stream. Beside the stream, a hash holds the
 * run id of that server and the id of the newest fence. Another run id means a restart or a failover: the data may be older than what pages
 * have already received. An entry that is gone because a newer one replaced it is not lost. No id is ever given twice, because a fence is greater than the position even if the server's clock is behind.
 */
const script = `
local function split(id)
  local ms, sequence = string.match(id or "0-0", "^(%d+)-(%d+)$")
  return tonumber(ms), tonumber(sequence)
end
local function isAfter(id, other)
  local ms, sequence = split(id)
  local otherMs, otherSequence = split(other)
  return ms > otherMs or (ms == otherMs and sequence > otherSequence)
end
local stream, order, deleted, run, last, maxEntries = KEYS[1], KEYS[2], KEYS[3], ARGV[1], ARGV[2], tonumber(ARGV[3])
local known = redis.call("HMGET", order, "run", "fence")
local length = redis.call("XLEN", stream)
if known[1] == run and length > 0 then
  if last == "0-0" or #redis.call("XRANGE", stream, last, last) > 0 then return "intact" end
  if redis.call("ZSCORE", deleted, last) then return "intact" end
  if isAfter(known[2] or "0-0", last) then return "fenced" end
  if length >= maxEntries then return "trimmed" end
end
local fence = redis.call("XADD", stream, "MAXLEN", "~", maxEntries, "*", ARGV[4], ARGV[5])
if not isAfter(fence, last) then
  local ms = split(last)
  fence = redis.call("XADD", stream, "MAXLEN", "~", maxEntries, string.format("%.0f-0", ms + 1), ARGV[4], ARGV[5])
end
redis.call("HSET", order, "run", run, "fence", fence)
return "fenced"`;

/** Makes sure that nothing is missing after the position without a fence that says so. Run on each connection before it is used. */
export async function joinOrder(redis: Redis, { key, last, maxEntries }: OrderPosition): Promise<OrderState> {
  const run = /^run_id:(\S+)/m.exec(await redis.info("server"))?.[1] ?? "";
  // In a cluster, the braces put it next to the stream.
  const orderKey = `{${key}}:order`;
  const state = await redis.eval(
    script,
    3,
    key,
    orderKey,
    deletedKey(key),
    run,
    formatEventId(last),
    maxEntries,
    ...fenceFields,
  );
  return state === "intact" || state === "trimmed" ? state : "fenced";
}
