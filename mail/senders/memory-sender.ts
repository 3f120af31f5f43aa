import { mailClosed } from "../errors.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import type { Sender } from "./sender.ts";

/** For tests: `sent` has the messages it was given. */
export interface MemorySender extends Sender {
  readonly sent: readonly ReadyMessage[];
  clear(): void;
}

/** A sender that keeps messages in memory instead of sending them. */
export function createMemorySender(): MemorySender {
  const sent: ReadyMessage[] = [];
  let closed = false;
  return {
    sent,
    clear: () => void sent.splice(0),
    async send(message) {
      if (closed) throw mailClosed();
      sent.push(message);
      return { id: message.id };
    },
    close: () => {
      closed = true;
    },
  };
}
