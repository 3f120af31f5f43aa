import type { SSEEvent, SSEWriter } from "buffkit";

/**
 * Sends one event and waits until the client has let it through, so that a producer is never faster than its reader.
 * False when the stream is over.
 */
export async function deliver(writer: SSEWriter, event: SSEEvent): Promise<boolean> {
  let status = writer.sendEvent(event);
  while (status === "full") {
    await writer.drained();
    status = writer.sendEvent(event);
  }
  if (status === "queued") await writer.drained();
  return writer.isActive;
}
