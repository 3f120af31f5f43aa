export interface LiveStreamProps {
  /** Topics the page listens to, besides what everyone gets; the app grants them in `authorizeTopic`. */
  readonly topics?: readonly string[];
  /** `broker.cursor` from before the page's data was read, so that nothing is lost between rendering and connecting. */
  readonly since?: string;
  /** Pages with different topics need different ids: htmx keeps the element and its stream across boosted visits. Default: `bk-live`. */
  readonly id?: string;
  /** May have a query string. Default: `/events`. */
  readonly path?: string;
}

/**
 * The element that connects a page to the broker. Use it once per page, outside of anything that is swapped. htmx does not retry the
 * first connect, hence the second trigger, which does nothing while the stream is open.
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
