import { type Logger, randomToken, reasonOf } from "../../base/index.ts";
import type { Redis } from "../../redis/index.ts";
import { backplaneFull, backplaneRefused, brokerClosed } from "../errors.ts";
import type { BackplaneMessage, WaitingMessages } from "./backplane.ts";
import { formatRedisEntry } from "./redis-entry.ts";
import { addReplacement, numberOf, type Replacement } from "./redis-replacements.ts";
import { replacementOf } from "./replacement-of.ts";

export interface OutboxOptions {
  readonly key: string;
  readonly maxEntries: number;
  readonly keepReplacedMs: number;
  readonly maxWaiting: number;
  readonly maxWaitingBytes: number;
  /** How long a caller waits for its message's place in the order. */
  readonly answerMs: number;
  readonly log: Logger;
}

/** A message that Redis has not confirmed yet. */
interface WaitingMessage {
  readonly fields: readonly string[];
  /** What it replaces, if it has a key. */
  readonly replacement: Replacement | null;
  readonly bytes: number;
  readonly since: number;
  isAnswered: boolean;
  readonly resolve: (id: string) => void;
  readonly reject: (error: unknown) => void;
}

/** Texts are stored with two bytes a character at most. */
const bytesPerCharacter = 2;
/** The message's own objects. */
const bytesPerMessage = 500;
const fenceEveryMs = 1000;

/**
 * The messages of this process on their way to Redis, in order. Each stays until Redis has confirmed it; after a lost connection all of them
 * are sent again. Callers get an answer soon, even if Redis doesn't. A message that could not be kept leaves a gap in the running numbers,
 * and a fence after it, so that all nodes know.
 */
export class RedisOutbox {
  readonly #options: OutboxOptions;
  readonly #publisher = randomToken(9);
  readonly #queue = new Set<WaitingMessage>();
  #count = 0;
  #bytes = 0;
  #redis: Redis | undefined;
  #isAway = false;
  #answering: NodeJS.Timeout | undefined;
  #fencing: NodeJS.Timeout | undefined;
  #emptied: () => void = () => {};

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get waiting(): WaitingMessages {
    return { messages: this.#queue.size, bytes: this.#bytes };
  }

  /** Resolves with the id, or with an empty string if the message has to wait for long. */
  add(message: BackplaneMessage): Promise<string> {
    this.#count += 1;
    const fields = formatRedisEntry({ publisher: this.#publisher, count: this.#count, message });
    const bytes = bytesOf(fields);
    const { maxWaiting, maxWaitingBytes } = this.#options;
    if (this.#queue.size >= maxWaiting || (this.#queue.size > 0 && this.#bytes + bytes > maxWaitingBytes)) {
      this.#oweFence();
      return Promise.reject(backplaneFull(this.waiting));
    }
    return this.#keep(fields, this.#keyed(message));
  }

  /** Sends what waits, and from now on everything at once. */
  connect(redis: Redis): void {
    this.#redis = redis;
    this.#isAway = false;
    for (const waiting of this.#queue) this.#send(waiting, redis);
  }

  /** From now on, messages wait. */
  disconnect(): void {
    this.#isAway ||= this.#redis !== undefined;
    this.#redis = undefined;
    for (const waiting of this.#queue) this.#answer(waiting);
  }

  /** Waits for Redis to confirm everything, but not for long. */
  async close(patienceMs: number): Promise<void> {
    if (this.#queue.size > 0 && this.#redis !== undefined) {
      await new Promise<void>((resolve) => {
        const patience = setTimeout(resolve, patienceMs);
        this.#emptied = () => {
          clearTimeout(patience);
          resolve();
        };
      });
    }
    clearTimeout(this.#answering);
    clearTimeout(this.#fencing);
    if (this.#queue.size > 0) this.#options.log.error(this.waiting, "messages to other nodes were lost at the end");
    for (const { reject } of this.#queue) reject(brokerClosed());
    this.#queue.clear();
    this.#bytes = 0;
    this.#redis = undefined;
  }

  #keyed(message: BackplaneMessage): Replacement | null {
    if (message.kind !== "broadcast" || message.key === undefined) return null;
    return {
      replaces: replacementOf(message.key, message.topics),
      number: numberOf(this.#publisher, this.#count),
    };
  }

  #keep(fields: readonly string[], replacement: Replacement | null = null): Promise<string> {
    return new Promise((resolve, reject) => {
      const since = performance.now();
      const bytes = bytesOf(fields);
      const waiting = { fields, replacement, bytes, since, isAnswered: false, resolve, reject };
      this.#queue.add(waiting);
      this.#bytes += bytes;
      if (this.#redis !== undefined) this.#send(waiting, this.#redis);
      if (this.#isAway) this.#answer(waiting);
      else this.#answerSoon(this.#options.answerMs);
    });
  }

  #send(waiting: WaitingMessage, redis: Redis): void {
    const { key, maxEntries, keepReplacedMs } = this.#options;
    const { fields, replacement } = waiting;
    const sending =
      replacement === null
        ? redis.xadd(key, "MAXLEN", "~", maxEntries, "*", ...fields)
        : addReplacement(redis, { key, maxEntries, keepReplacedMs, fields, ...replacement });
    sending.then(
      (id) => this.#confirm(waiting, id ?? ""),
      (error: unknown) => this.#fail(waiting, error, redis),
    );
  }

  #confirm(waiting: WaitingMessage, id: string): void {
    if (!this.#forget(waiting)) return;
    waiting.isAnswered = true;
    waiting.resolve(id);
  }

  /** What the server refused is lost; everything else is sent again once there is a connection. */
  #fail(waiting: WaitingMessage, error: unknown, redis: Redis): void {
    if (!isReply(error) || redis !== this.#redis) return;
    // A server that became a replica: the client finds the new one, if there is one, when it connects again.
    if (/^READONLY|-READONLY/.test(error.message)) {
      redis.disconnect(true);
      return;
    }
    if (!this.#forget(waiting)) return;
    const refused = backplaneRefused({ reason: reasonOf(error), cause: error });
    if (waiting.isAnswered) this.#options.log.error({ err: refused }, "a message that had to wait was refused");
    waiting.reject(refused);
    this.#oweFence();
  }

  #forget(waiting: WaitingMessage): boolean {
    if (!this.#queue.delete(waiting)) return false;
    this.#bytes -= waiting.bytes;
    if (this.#queue.size === 0) this.#emptied();
    return true;
  }

  #answer(waiting: WaitingMessage): void {
    waiting.isAnswered = true;
    waiting.resolve("");
  }

  /** One timer for all: those that came first are answered first. */
  #answerSoon(afterMs: number): void {
    this.#answering ??= setTimeout(() => {
      this.#answering = undefined;
      const { answerMs } = this.#options;
      const now = performance.now();
      for (const waiting of this.#queue) {
        if (waiting.isAnswered) continue;
        const leftMs = waiting.since + answerMs - now;
        if (leftMs > 0) return this.#answerSoon(leftMs);
        this.#answer(waiting);
      }
    }, afterMs).unref();
  }

  /** A lost message shows in the running numbers, but only once another follows. */
  #oweFence(): void {
    this.#fencing ??= setTimeout(() => {
      this.#fencing = undefined;
      if (this.#redis === undefined || this.#queue.size > 0) return this.#oweFence();
      this.#count += 1;
      const fields = formatRedisEntry({ publisher: this.#publisher, count: this.#count, message: null });
      this.#keep(fields).catch(() => undefined);
    }, fenceEveryMs).unref();
  }
}

function bytesOf(fields: readonly string[]): number {
  return fields.reduce((bytes, field) => bytes + field.length * bytesPerCharacter, bytesPerMessage);
}

/** Whether the server itself refused the command, rather than the connection. */
function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === "ReplyError";
}
