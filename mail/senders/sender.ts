import type { ReadyMessage } from "../message/ready-message.ts";

/**
 * Where prepared messages go. `send` resolves when the message is taken, with the id under which it is known there, and
 * rejects when it is not: it never swallows. Messages may be sent concurrently. `close` frees what is held, and may be
 * called twice.
 */
export interface Sender {
  send(message: ReadyMessage): Promise<{ readonly id: string }>;
  /** Whether messages could be sent now; rejects with the reason. For readiness checks and `buffkit doctor`. */
  verify?(): Promise<void>;
  close?(): void | Promise<void>;
}
