import type { SSEEvent, SSEWriter } from "buffkit";

/**
 * Sends one event and waits until the client has accepted it, so that a producer is never faster than its reader.
 * Returns false when the stream has ended.
 */
export async function sendWithBackpressure(writer: SSEWriter, event: SSEEvent): Promise<boolean> {
  let status = writer.sendEvent(event);
  while (status === "full") {
    await writer.drained();
    status = writer.sendEvent(event);
  }
  if (status === "queued") await writer.drained();
  return writer.isActive;
}
