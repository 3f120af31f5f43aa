import { idleListener } from "../connection/connection.ts";
import { Subscriber } from "../delivery/subscribers.ts";

/** For tests: a stream whose client takes everything at once, and what it was sent before its end. */
export function createRecordedStream() {
  const done: string[] = [];
  const connection = {
    ...{ listener: idleListener, closed: false, queuedBytes: 0, peer: null, response: new Response() },
    write: ({ plain }: { readonly plain: Buffer }) => {
      done.push(String(plain));
      return "sent" as const;
    },
    close: () => void done.push("closed"),
    destroy: () => {},
  };
  const facts = { id: "c", pageId: undefined, userId: undefined, address: "", topics: [], expiresAt: 0 };
  return { done, connection, subscriber: new Subscriber(connection, facts, { onDrain() {}, onClose() {} }) };
}
