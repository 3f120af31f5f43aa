import type { Context } from "hono";
import { type Clock, type Logger, randomToken, silentLogger, systemClock } from "../../base/index.ts";
import type { Backplane, BackplaneMessage, BackplaneReceiver, ControlMessage } from "../backplane/backplane.ts";
import { type BrokerLimits, type BrokerOptions, type Identity, standardLimits } from "../broker-options.ts";
import { openConnection } from "../connection/open-connection.ts";
import { BrokerCounters } from "../delivery/counters.ts";
import { Delivery } from "../delivery/delivery.ts";
import { EventLog } from "../delivery/event-log.ts";
import { FlushSchedule, standardFlushShare } from "../delivery/flush-schedule.ts";
import { Heartbeat } from "../delivery/heartbeat.ts";
import { type BrokerStats, readStats } from "../delivery/stats.ts";
import { Subscriber, type SubscriberFacts, type SubscriberOwner } from "../delivery/subscriber.ts";
import { SubscriberRegistry } from "../delivery/subscriber-registry.ts";
import { presenceUnwatched } from "../errors.ts";
import { compareEventIds, type EventId, parseEventId } from "../event/event-id.ts";
import { admit, closeAnswer, limitAnswer, overtakenAnswer } from "./admission.ts";
import { ConnectionLimits } from "./connection-limits.ts";
import { createPresence, type Presence } from "./presence.ts";
import { RecentDisconnects } from "./recent-disconnects.ts";
import { dismiss, formatClose, logBrokenStream, selectStreams, sendAway } from "./stream-ending.ts";
import { welcome } from "./welcome.ts";

const noTopics: readonly string[] = [];

/** The streams of this node: opens them, keeps the log that they read, and hears what all nodes broadcast. */
export class StreamHub implements BackplaneReceiver, SubscriberOwner {
  readonly #options: BrokerOptions;
  readonly #backplane: Backplane;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #bounds: BrokerLimits;
  readonly #places: ConnectionLimits;
  readonly #events: EventLog;
  readonly #registry = new SubscriberRegistry();
  readonly #counters = new BrokerCounters();
  readonly #delivery: Delivery;
  readonly #schedule: FlushSchedule;
  readonly #heartbeat: Heartbeat;
  readonly #orders = new RecentDisconnects();
  readonly #presence: Presence | null;
  #isClosed = false;

  constructor(options: BrokerOptions, backplane: Backplane) {
    this.#options = options;
    this.#backplane = backplane;
    this.#log = options.log ?? silentLogger;
    this.#clock = options.clock ?? systemClock;
    this.#bounds = { ...standardLimits, ...options.limits };
    this.#places = new ConnectionLimits(this.#bounds);
    const { logEntries: maxEntries, logBytes: maxBytes, logAgeMs: maxAgeMs } = this.#bounds;
    this.#events = new EventLog({ maxEntries, maxBytes, maxAgeMs });
    const parts = { log: this.#events, registry: this.#registry, counters: this.#counters, clock: this.#clock };
    this.#delivery = new Delivery(parts);
    const { flushMs: window = 0, flushShare: share = standardFlushShare } = options;
    this.#schedule = new FlushSchedule(() => this.#delivery.flush(), { window, share });
    this.#heartbeat = new Heartbeat(
      {
        ...parts,
        delivery: this.#delivery,
        flush: () => this.#schedule.flushNow(),
        waitingBytes: this.#bounds.waitingBytes,
        logger: this.#log,
      },
      options,
    );
    this.#presence = createPresence(options, backplane);
  }

  get cursor(): string {
    return this.#events.cursor;
  }

  get size(): number {
    return this.#registry.size;
  }

  now(): number {
    return this.#clock.now();
  }

  /** Answers a request for a stream: with the stream, or with why not. */
  async open(c: Context): Promise<Response> {
    if (c.req.method === "HEAD") return closeAnswer(c, this.#options, "");
    const asked = this.now();
    const admission = await admit(c, { options: this.#options, limits: this.#bounds, log: this.#log });
    if (!admission.ok) return this.#refuse(admission.reason, admission.response);
    const given = c.req.header("last-event-id") ?? c.req.query("since");
    const since = parseEventId(given);
    // Another node may have been faster than this one.
    if (since && compareEventIds(since, this.#events.last) > 0) await this.#backplane.reach(since);
    if (this.#isClosed) return this.#refuse("closing", limitAnswer(c, 503));
    const order = this.#orders.find(admission.identity, admission.topics, asked);
    if (order) return this.#refuse("overtaken", overtakenAnswer(c, this.#options, order));
    const facts = this.#facts(c, admission);
    const broken = this.#places.take(facts);
    if (broken) return this.#refuse(broken, limitAnswer(c, broken));
    return this.#start(c, facts, given === undefined || given === "" ? null : (since ?? "unknown"));
  }

  onMessage(id: EventId, message: BackplaneMessage): void {
    if (message.kind !== "broadcast") {
      this.#events.advance(id);
      if (message.kind === "control") this.#obey(message);
      else this.#presence?.receive(message);
      return;
    }
    // What is not flushed yet must not be pushed out of the log.
    if (this.#delivery.pendingShare >= 0.5) this.#schedule.flushNow();
    this.#events.append(id, message);
    this.#counters.broadcasts += 1;
    this.#schedule.request(message.topics);
  }

  onReset(id: EventId): void {
    this.#schedule.flushNow();
    this.#events.reset(id);
    this.#delivery.restart();
    for (const subscriber of this.#registry.everybody()) this.#delivery.resync(subscriber);
  }

  drained(subscriber: Subscriber): void {
    this.#delivery.pump(subscriber);
  }

  gone(subscriber: Subscriber, error?: unknown): void {
    if (!this.#registry.remove(subscriber)) return;
    if (error !== undefined) logBrokenStream(this.#log, subscriber.facts.id, error);
    this.#delivery.forget(subscriber);
    this.#presence?.leave(subscriber.facts);
    this.#places.release(subscriber.facts);
    if (this.size === 0) this.#heartbeat.stop();
  }

  presence(topic: string): readonly string[] {
    if (!this.#presence?.watches(topic)) throw presenceUnwatched({ topic });
    return this.#presence.members(topic);
  }

  stats(): BrokerStats {
    const { state } = this.#backplane;
    return readStats({
      log: this.#events,
      registry: this.#registry,
      counters: this.#counters,
      delivery: this.#delivery,
      backplane: state,
    });
  }

  /** Ends all streams; their clients come back spread over some seconds, to this process's successor or to another node. */
  close(): void {
    this.#isClosed = true;
    this.#schedule.flushNow();
    const spreadMs = this.#options.spreadMs ?? 10_000;
    for (const subscriber of this.#registry.everybody()) sendAway(subscriber, Math.random() * spreadMs);
    this.#heartbeat.stop();
    this.#presence?.close();
  }

  #facts(c: Context, admission: { identity: Identity; topics: readonly string[] }): SubscriberFacts {
    const { userId, sessionId, expiresAt = Number.POSITIVE_INFINITY } = admission.identity;
    const topics = [...admission.topics];
    if (userId !== undefined) topics.push(`user:${userId}`);
    if (sessionId !== undefined) topics.push(`session:${sessionId}`);
    const lifeMs = (this.#options.maxLifeMs ?? 9 * 60_000) * (0.9 + 0.2 * Math.random());
    return {
      id: randomToken(16),
      userId,
      address: this.#options.clientAddress?.(c) ?? "",
      topics: topics.length === 0 ? noTopics : topics,
      expiresAt: Math.min(expiresAt, this.now() + lifeMs),
    };
  }

  #start(c: Context, facts: SubscriberFacts, since: EventId | "unknown" | null): Response {
    const { headers, gzip } = this.#options;
    const connection = openConnection(c, { headers: headers?.(c), gzip });
    if (connection.closed) {
      this.#places.release(facts);
      return connection.response;
    }
    this.#counters.opened += 1;
    const subscriber = new Subscriber(connection, facts, this);
    // First, or the newcomer would get what waits now and again with its replay.
    this.#schedule.flushNow();
    this.#registry.add(subscriber);
    this.#heartbeat.start();
    welcome(subscriber, { log: this.#events, delivery: this.#delivery, since, options: this.#options });
    this.#presence?.enter(facts);
    return connection.response;
  }

  #refuse(reason: string, response: Response): Response {
    this.#counters.refused += 1;
    this.#log.info({ reason, status: response.status }, "a stream was refused");
    return response;
  }

  #obey(message: ControlMessage): void {
    this.#orders.add(message, this.now());
    this.#schedule.flushNow();
    for (const subscriber of selectStreams(this.#registry, message.selector)) {
      if (message.action === "disconnect") dismiss(subscriber, formatClose(message.reason, this.#options));
      else subscriber.connection.close();
    }
  }
}
