export interface CloseEvent {
  /** Why the stream ended, for the page to read. */
  readonly reason: string;
  /** Where the page goes next; without it, it stays where it is. */
  readonly path?: string;
}

/**
 * The event that ends a live stream for good: `public/live.js` closes the connection instead of reconnecting. Sent by the broker, and
 * by guards that refuse a stream.
 */
export function formatCloseEvent({ reason, path }: CloseEvent): string {
  // JSON has no line breaks, so it is one data field whatever it holds.
  return `event: bk:close\ndata: ${JSON.stringify({ reason, path })}\n\n`;
}
