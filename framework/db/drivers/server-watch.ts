import { setTimeout as pause } from "node:timers/promises";
import { codeOf, type Logger, reasonOf } from "../../base/index.ts";

export interface ServerWatchOptions {
  readonly log: Logger;
  /** Asks the server something on a new connection. Rejects within a few seconds if that doesn't work. */
  check(): Promise<unknown>;
  /** How long after a failed check the next one begins at most, in milliseconds. Default: 1000. */
  readonly everyMs?: number;
}

/** A reply of the server, although not the one that was hoped for. */
const tooManyConnections = new Set(["53300", "ER_CON_COUNT_ERROR"]);
/** A server that responded this recently isn't asked again because a query is slow. */
const trustedMs = 5000;
const firstWaitMs = 100;
/** Connections that are lost one after the other are told once. */
const quietMs = 10_000;

/**
 * Knows whether the database server responds. Once a connection is lost or something takes long, it asks on a new connection until there is
 * a reply. An outage is one line in the log, and another at its end.
 */
export class ServerWatch {
  readonly #options: ServerWatchOptions;
  #awaySince: number | undefined;
  #respondedAt = Number.NEGATIVE_INFINITY;
  #toldAt = Number.NEGATIVE_INFINITY;
  #isChecking = false;
  #isSilent = false;
  #lost: unknown;
  readonly #closing = new AbortController();

  constructor(options: ServerWatchOptions) {
    this.#options = options;
  }

  get isAway(): boolean {
    return this.#awaySince !== undefined;
  }

  /** Whether the server, or the network, has no reply at all, so that everybody who asks would wait. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** A connection broke, went silent or couldn't be opened. */
  lost(error: unknown): void {
    this.#lost ??= error;
    void this.#check();
  }

  /** Something takes long. */
  slow(): void {
    if (performance.now() - this.#respondedAt > trustedMs) void this.#check();
  }

  close(): void {
    this.#closing.abort();
  }

  async #check(): Promise<void> {
    const { signal } = this.#closing;
    if (this.#isChecking || signal.aborted) return;
    this.#isChecking = true;
    const { everyMs = 1000 } = this.#options;
    for (let waitMs = firstWaitMs; !(await this.#responds()); waitMs = Math.min(waitMs * 2, everyMs)) {
      await pause(waitMs, undefined, { ref: false, signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
    this.#isChecking = false;
    if (signal.aborted) return;
    this.#respondedAt = performance.now();
    this.#tellEnd();
  }

  async #responds(): Promise<boolean> {
    try {
      await this.#options.check();
      this.#isSilent = false;
      return true;
    } catch (error) {
      this.#isSilent = isTimeout(error);
      if (this.#closing.signal.aborted || tooManyConnections.has(codeOf(error))) return true;
      if (this.#awaySince === undefined) {
        this.#awaySince = performance.now();
        this.#options.log.error({ err: error }, "the database is away; what needs it fails until it is back");
      }
      return false;
    }
  }

  #tellEnd(): void {
    const { log } = this.#options;
    const lost = this.#lost;
    this.#lost = undefined;
    const now = performance.now();
    if (this.#awaySince !== undefined) {
      log.info({ awayMs: Math.round(now - this.#awaySince) }, "the database is back");
      this.#awaySince = undefined;
    } else if (lost !== undefined && now - this.#toldAt > quietMs) {
      log.warn({ err: lost }, "a connection to the database was lost and is replaced");
    } else return;
    this.#toldAt = now;
  }
}

/** As both drivers say it. */
function isTimeout(error: unknown): boolean {
  return /TIMEOUT|TIMEDOUT/.test(codeOf(error)) || /timeout/i.test(reasonOf(error));
}
