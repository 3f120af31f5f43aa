import type { ReadyMessage } from "../message/ready-message.ts";

/**
 * Delivers prepared messages. `send` resolves with the receiving side's id once the message is accepted, and rejects
 * otherwise. It may be called concurrently. `close` releases resources and may be called twice.
 */
export interface Sender {
  send(message: ReadyMessage): Promise<{ readonly id: string }>;
  /** Rejects with the reason if messages can't be sent at the moment. For readiness checks and `buffkit doctor`. */
  verify?(): Promise<void>;
  close?(): void | Promise<void>;
}
