import type { TopicName } from "../html/index.ts";
import { proveTopics } from "./stream/page-cursor.ts";

export interface LiveStreamProps {
  /** Topics the page listens to, besides what is for everybody. The parts say who may listen (`Part.topics`). */
  readonly topics?: readonly TopicName[];
  /**
   * `broker.pageCursor` (`c.var.liveCursor`) from before the page's data was read, so that nothing is lost between rendering and
   * connecting. The page gets a proof that it was rendered for these topics.
   */
  readonly since?: string;
  /**
   * htmx keeps the element and its stream across boosted visits to pages with the same id. Default: one for each set of topics, `bk-live`
   * without topics.
   */
  readonly id?: string;
  /** May have a query string. Default: `/events`. */
  readonly path?: string;
}

/**
 * The element that connects a page to the broker. Use it once per page, outside of anything that is swapped. htmx does not retry the
 * first connect, hence the second trigger, which does nothing while the stream is open; while it is being opened, `hx-sync` drops it, as htmx
 * would open another stream otherwise.
 */
export function LiveStream({ topics = [], since, id = idFor(topics), path = "/events" }: LiveStreamProps) {
  const query = new URLSearchParams();
  if (since) query.set("since", proveTopics(since, topics));
  for (const topic of topics) query.append("topic", topic);
  const url = query.size === 0 ? path : `${path}${path.includes("?") ? "&" : "?"}${query}`;
  return (
    <div
      id={id}
      hx-preserve
      hx-sse:connect={url}
      hx-swap="none"
      hx-sse:close="bk:close"
      hx-trigger="load, every 15s"
      hx-sync="drop"
    />
  );
}

/** The same for the same topics in any order, and different for any others, as a stream with other topics must not be kept. */
function idFor(topics: readonly string[]): string {
  const names = [...new Set(topics)].sort().map((topic) => topic.replace(/[^a-z0-9]/gi, escapeCharacter));
  return ["bk-live", ...names].join("-");
}

function escapeCharacter(character: string): string {
  return `_${character.charCodeAt(0).toString(16)}_`;
}
