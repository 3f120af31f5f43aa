import type { Context } from "hono";
import type { Logger } from "../../base/index.ts";
import type { StreamSelector } from "../backplane/backplane.ts";
import type { BrokerSettings, Identity } from "../broker-options.ts";
import type { Connection } from "../connection/connection.ts";
import { tooManyStreams } from "../errors.ts";
import { formatRetryField } from "../event/protocol-events.ts";
import { textPayload } from "../event/wire-format.ts";
import { ConnectionLimits, type StreamOwner } from "./connection-limits.ts";

/** A stream that a handler started itself. */
export interface OwnStream {
  readonly connection: Connection;
  /** How many events its handler has sent. */
  readonly eventCount: number;
  /** It ends when its handler sends nothing for this long; 0 for never. */
  readonly maxIdleMs: number;
}

/** Who a stream is for. */
export type OwnStreamPlace = StreamOwner & Pick<Identity, "sessionId" | "expiresAt">;

export type OwnStreamSettings = Pick<
  BrokerSettings,
  "clientAddress" | "clock" | "dev" | "identify" | "limits" | "log" | "stallMs"
>;

interface Entry {
  readonly stream: OwnStream;
  readonly place: OwnStreamPlace;
  /** What was seen at the last check, and since when it has been the same. */
  eventCount: number;
  eventAt: number;
  queuedBytes: number;
  queuedAt: number;
}

/**
 * The streams that handlers started with `startSSE`. They have limits and time-outs like those of the broker, but a count of their own,
 * and they end with the session and with the process.
 */
export class OwnStreams {
  readonly #settings: OwnStreamSettings;
  readonly #silentPeers: () => Promise<ReadonlySet<string>>;
  readonly #limits: ConnectionLimits;
  readonly #entries = new Set<Entry>();
  #timer: NodeJS.Timeout | undefined;
  #isEnding = false;

  constructor(settings: OwnStreamSettings, silentPeers: () => Promise<ReadonlySet<string>>) {
    this.#settings = settings;
    this.#silentPeers = silentPeers;
    const { dev, limits } = settings;
    // In development each open page has such a stream, for live reload.
    this.#limits = new ConnectionLimits(dev ? { ...limits, connectionsPerUser: Number.POSITIVE_INFINITY } : limits);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Where streams log what goes wrong, unless they are given a log of their own. */
  get log(): Logger {
    return this.#settings.log;
  }

  /** Who a stream that is about to start is for. Throws SSE_TOO_MANY_STREAMS. */
  admit(c: Context): OwnStreamPlace {
    const { clientAddress, identify } = this.#settings;
    const found = identify(c);
    // A stream starts at once, so only what is known already counts.
    const identity = found instanceof Promise || found === null ? {} : found;
    const place: OwnStreamPlace = { ...identity, userId: identity.userId, address: clientAddress(c) };
    const exceeded = this.#isEnding ? "connections" : this.#limits.exceeded(place);
    if (exceeded) throw tooManyStreams({ limit: exceeded });
    return place;
  }

  /** Counts the stream and watches it, until the returned function is called, when it has ended. */
  add(stream: OwnStream, place: OwnStreamPlace): () => void {
    const now = this.#settings.clock.now();
    const entry = { stream, place, eventCount: 0, eventAt: now, queuedBytes: 0, queuedAt: now };
    this.#entries.add(entry);
    this.#limits.acquire(place);
    this.#timer ??= setInterval(() => this.check(), this.#settings.stallMs / 4).unref();
    return () => this.#remove(entry);
  }

  /** Ends the streams of a user, a session or a topic's listeners; own streams have no topics. */
  end(selector: StreamSelector): void {
    for (const { stream, place } of [...this.#entries]) {
      const isUser = "user" in selector && selector.user === place.userId;
      const isSession = "session" in selector && selector.session === place.sessionId;
      if (isUser || isSession) stream.connection.close();
    }
  }

  /** Ends all streams, and accepts no more. Clients that are standard reconnect after the given time. */
  endAll(retryMs: () => number): void {
    this.#isEnding = true;
    for (const { stream } of [...this.#entries]) {
      stream.connection.write(textPayload(formatRetryField(retryMs())));
      stream.connection.close();
    }
  }

  /** Ends streams whose session or time is over, and cuts off clients that read nothing. Called by a timer. */
  check(): void {
    const { clock, stallMs } = this.#settings;
    const now = clock.now();
    for (const entry of [...this.#entries]) {
      const { stream, place } = entry;
      const { connection, eventCount, maxIdleMs } = stream;
      if (eventCount !== entry.eventCount) Object.assign(entry, { eventCount, eventAt: now });
      const { queuedBytes } = connection;
      if (queuedBytes === 0 || queuedBytes < entry.queuedBytes) entry.queuedAt = now;
      entry.queuedBytes = queuedBytes;
      if (now - entry.queuedAt >= stallMs) connection.destroy();
      else if (maxIdleMs > 0 && now - entry.eventAt >= maxIdleMs) connection.close();
      else if (place.expiresAt !== undefined && place.expiresAt <= now) connection.close();
    }
    void this.#cutOffSilent();
  }

  async #cutOffSilent(): Promise<void> {
    const silent = await this.#silentPeers();
    for (const { stream } of [...this.#entries]) {
      if (stream.connection.peer !== null && silent.has(stream.connection.peer)) stream.connection.destroy();
    }
  }

  #remove(entry: Entry): void {
    if (!this.#entries.delete(entry)) return;
    this.#limits.release(entry.place);
    if (this.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
