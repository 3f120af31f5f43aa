export interface LiveStreamProps {
  /** What the page wants to hear beyond what everybody hears; the app grants it in `authorizeTopic`. */
  readonly topics?: readonly string[];
  /** `broker.cursor` from before the page's data was read, so that nothing is lost between rendering and connecting. */
  readonly since?: string;
  /** `bk-live` unless given. Pages with other topics need another id: htmx keeps the element, and its stream, across boosted visits. */
  readonly id?: string;
  /** `/events` unless given; may have a query of its own. */
  readonly path?: string;
}

/**
 * The element that connects a page to the broker; once a page, outside of what is swapped. The first connect is not retried by
 * htmx, hence the second trigger, which does nothing while the stream is open.
 */
export function LiveStream({ topics = [], since, id = "bk-live", path = "/events" }: LiveStreamProps) {
  const query = new URLSearchParams();
  if (since) query.set("since", since);
  for (const topic of topics) query.append("topic", topic);
  const url = query.size === 0 ? path : `${path}${path.includes("?") ? "&" : "?"}${query}`;
  return (
    <div id={id} hx-preserve hx-sse:connect={url} hx-swap="none" hx-sse:close="bk:close" hx-trigger="load, every 15s" />
  );
}
