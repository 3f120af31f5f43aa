import type { ReadyMessage } from "../message/ready-message.ts";
import type { RefusedRecipient } from "../message/refused-recipient.ts";

export interface SendOptions {
  /** Fires when the result is no longer awaited: don't send the message anymore, because it may be sent again. */
  readonly signal?: AbortSignal;
}

export interface SendResult {
  /** The receiving side's id. */
  readonly id: string;
  /** The recipients who won't get the message, if it was accepted for others. */
  readonly refused?: readonly RefusedRecipient[];
}

/**
 * Delivers prepared messages. `send` resolves once the message is accepted for at least one recipient, says who was refused, and
 * rejects otherwise. It may be called concurrently. `close` releases resources and may be called twice.
 */
export interface Sender {
  send(message: ReadyMessage, options?: SendOptions): Promise<SendResult>;
  /** Rejects with the reason if messages can't be sent at the moment. For readiness checks and `buffkit doctor`. */
  verify?(): Promise<void>;
  close?(): void | Promise<void>;
}
