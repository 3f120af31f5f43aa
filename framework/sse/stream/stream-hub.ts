import type { Context } from "hono";
import type { BackplaneMessage, BackplaneReceiver, ControlMessage } from "../backplane/backplane.ts";
import type { BrokerSettings } from "../broker-options.ts";
import { readSilentPeers } from "../connection/node/silent-peers.ts";
import { openConnection } from "../connection/open-connection.ts";
import { CatchUp } from "../delivery/catch-up.ts";
import { Delivery } from "../delivery/delivery.ts";
import { EventLog } from "../delivery/event-log.ts";
import { FlushSchedule } from "../delivery/flush-schedule.ts";
import { Heartbeat } from "../delivery/heartbeat.ts";
import { BrokerCounters, type BrokerStats, readStats } from "../delivery/stats.ts";
import {
  live,
  Subscriber,
  type SubscriberFacts,
  type SubscriberOwner,
  SubscriberRegistry,
} from "../delivery/subscribers.ts";
import type { EventId } from "../event/wire-format.ts";
import {
  authorizeStream,
  closeEventFor,
  closeResponse,
  limitRefusal,
  type StreamRefusal,
  supersededRefusal,
} from "./authorize-stream.ts";
import { ClientCursors } from "./client-cursors.ts";
import { ConnectionLimits } from "./connection-limits.ts";
import { describeSubscriber } from "./describe-subscriber.ts";
import { KnownNodes } from "./known-nodes.ts";
import { OwnStreams } from "./own-streams.ts";
import { readProof } from "./page-cursor.ts";
import { PermissionChanges } from "./permission-changes.ts";
import { RecentCommands } from "./recent-commands.ts";
import { joinRegions, withRegions } from "./region-feed.ts";
import {
  type ClientCursor,
  endAtOnce,
  endOneByOne,
  endStream,
  logBrokenStream,
  soon,
  startStream,
} from "./stream-lifecycle.ts";
import { StreamRefusals } from "./stream-refusals.ts";

/** The streams of this node: opens them, keeps the log they read from, and receives what all nodes broadcast. */
export class StreamHub implements BackplaneReceiver, SubscriberOwner {
  readonly #settings: BrokerSettings;
  readonly #limits: ConnectionLimits;
  readonly #events: EventLog;
  readonly #registry = new SubscriberRegistry();
  readonly #counters = new BrokerCounters();
  readonly #delivery: Delivery;
  readonly #catchUp: CatchUp;
  readonly #schedule: FlushSchedule;
  readonly #heartbeat: Heartbeat;
  readonly #commands = new RecentCommands();
  readonly #permissions: PermissionChanges;
  readonly #cursors: ClientCursors;
  readonly #nodes: KnownNodes;
  readonly ownStreams: OwnStreams;
  readonly #refusals: StreamRefusals;
  #isEnding = false;

  constructor(settings: BrokerSettings) {
    const { clock, log, limits, flushMs, flushShare, heartbeatMs, stallMs } = settings;
    this.#settings = settings;
    this.#limits = new ConnectionLimits(limits);
    const { logEntries: maxEntries, logBytes: maxBytes, logAgeMs: maxAgeMs, waitingBytes } = limits;
    this.#events = new EventLog({ maxEntries, maxBytes, maxAgeMs });
    const [events, registry, counters] = [this.#events, this.#registry, this.#counters];
    this.#permissions = new PermissionChanges(events, settings);
    this.#cursors = new ClientCursors(settings, events);
    this.#refusals = new StreamRefusals(settings, counters);
    const delivery = new Delivery({ log: events, registry, counters, clock });
    this.#delivery = delivery;
    this.#catchUp = new CatchUp({ log: events, delivery, counters });
    this.#schedule = new FlushSchedule(() => delivery.flush(), { window: flushMs, share: flushShare });
    const flush = () => this.#schedule.flushNow();
    const sources = { events, registry, counters, delivery, clock, log, flush, silentPeers: readSilentPeers };
    this.#heartbeat = new Heartbeat({ ...sources, heartbeatMs, stallMs, waitingBytes });
    this.ownStreams = new OwnStreams(settings, readSilentPeers);
    this.#nodes = new KnownNodes(settings);
  }

  /** Tells the other nodes of this one. */
  join(): void {
    this.#nodes.join();
  }

  get cursor(): string {
    return this.#events.cursor;
  }

  get size(): number {
    return this.#registry.size;
  }

  /** Responds to a request for a stream: with the stream, or with the reason it is refused. */
  async open(c: Context): Promise<Response> {
    const settings = this.#settings;
    if (c.req.method === "HEAD") return closeResponse(c, settings, "");
    const askedAt = settings.clock.now();
    const authorization = await authorizeStream(c, settings);
    if (!authorization.ok) return this.#refuse(c, authorization);
    const { identity, topics, newestRegion, isOutdated } = authorization;
    const since = isOutdated ? "unknown" : await this.#cursors.read(c, newestRegion);
    if (this.#isEnding) return this.#refuse(c, limitRefusal(c, "closing"));
    const command = this.#commands.find(identity, topics, askedAt);
    if (command) return this.#refuse(c, supersededRefusal(c, settings, command));
    const facts = describeSubscriber(c, authorization, settings);
    const exceeded = this.#limits.acquire(facts);
    if (exceeded) return this.#refuse(c, limitRefusal(c, exceeded));
    const renderedAt = readProof(c.req.query("since"), topics, settings.signer);
    const from = this.#permissions.admit({ identity, topics, since, renderedAt });
    return this.#start(c, facts, { since: from, regions: authorization.regions });
  }

  /** Acts on the streams of this node at once, and returns the message for the others. */
  command(message: ControlMessage): ControlMessage {
    this.#execute(message, this.#events.last);
    return { ...message, from: this.#nodes.node };
  }

  onMessage(id: EventId, message: BackplaneMessage, ageMs = 0): void {
    if (message.kind !== "broadcast") {
      this.#events.advance(id);
      if (message.kind === "node" || message.kind === "presence") this.#nodes.receive(message, ageMs);
      else if (message.kind === "listeners") this.#permissions.receive(message);
      else if (message.kind === "change") this.#settings.regions?.onChange(id, message.changes);
      else if (message.from !== this.#nodes.node) this.#execute(message, id);
      else if (message.action === "reconnect") this.#permissions.add(message.selector, id);
      return;
    }
    // Entries must not be evicted before they are flushed.
    if (this.#delivery.pendingShare >= 0.5 || this.#events.isCrowded) this.#schedule.flushNow();
    if (this.#events.isCrowded) this.#catchUp.compact();
    this.#events.append(id, { ...message, at: this.#settings.clock.now() - ageMs });
    this.#counters.broadcasts += 1;
    this.#schedule.request(message.topics);
  }

  onReset(id: EventId): void {
    this.#schedule.flushNow();
    this.#events.reset(id);
    this.#delivery.restart();
    this.#settings.regions?.onReset(id);
    for (const subscriber of this.#registry.everybody()) this.#catchUp.resync(subscriber);
  }

  onDrain(subscriber: Subscriber): void {
    this.#catchUp.pump(subscriber);
    if (subscriber.cursor === live) withRegions(this.#settings, subscriber, (feed, reader) => feed.caughtUp(reader));
  }

  onClose(subscriber: Subscriber, error?: unknown): void {
    if (!this.#registry.remove(subscriber)) return;
    if (error !== undefined) logBrokenStream(this.#settings.log, subscriber.facts.id, error);
    this.#delivery.forget(subscriber);
    this.#nodes.leave(subscriber.facts);
    withRegions(this.#settings, subscriber, (feed, reader) => feed.leave(reader));
    this.#limits.release(subscriber.facts);
    if (this.size === 0) this.#heartbeat.stop();
  }

  presence(topic: string): readonly string[] {
    return this.#nodes.members(topic);
  }

  stats(): BrokerStats {
    const [log, delivery] = [this.#events, this.#delivery];
    return readStats(this.#counters, {
      connections: this.size,
      writers: this.ownStreams.size,
      topics: this.#registry.topicCount,
      buffered: { events: log.size, bytes: log.bytes },
      replaced: log.replacedEver,
      backplane: this.#settings.backplane.state,
      waiting: this.#settings.backplane.waiting ?? { messages: 0, bytes: 0 },
      lags: [...delivery.lagging].map((subscriber) => delivery.lagOf(subscriber)),
    });
  }

  /** Ends the streams while this node still publishes and receives; see `Broker.drain`. */
  async drain(quiet: Promise<unknown>): Promise<void> {
    this.ownStreams.endAll(soon);
    if (this.#settings.isAlone) await quiet;
    this.#isEnding = true;
    this.#schedule.flushNow();
    await endOneByOne(this.#registry.everybody(), this.#settings);
  }

  /** Ends the streams that are left, at once. */
  close(): void {
    this.#isEnding = true;
    this.#schedule.flushNow();
    this.ownStreams.endAll(soon);
    endAtOnce(this.#registry.everybody(), this.#settings);
    this.#heartbeat.stop();
    this.#permissions.close();
    this.#nodes.close();
  }

  #start(
    c: Context,
    facts: SubscriberFacts,
    { since, regions }: { readonly since: ClientCursor; readonly regions: unknown },
  ): Response {
    const { headers, gzip } = this.#settings;
    const connection = openConnection(c, { headers: headers(c), gzip });
    if (connection.closed) {
      this.#limits.release(facts);
      return connection.response;
    }
    this.#counters.opened += 1;
    const subscriber = new Subscriber(connection, facts, this);
    // Before it joins, or it would get pending events twice: now, and with its replay.
    this.#schedule.flushNow();
    this.#registry.add(subscriber);
    this.#heartbeat.start();
    const [events, delivery, catchUp, settings] = [this.#events, this.#delivery, this.#catchUp, this.#settings];
    startStream(subscriber, since, { events, delivery, catchUp, settings });
    this.#nodes.enter(facts);
    if (regions !== undefined) joinRegions(settings, subscriber, { delivery, granted: regions });
    return connection.response;
  }

  #refuse(c: Context, refusal: StreamRefusal): Response {
    const { refused } = refusal;
    if (refused?.topic !== undefined) this.#permissions.refuse(refused.identity, refused.topic);
    return this.#refusals.add(c, refusal);
  }

  #execute(message: ControlMessage, at: EventId): void {
    const settings = this.#settings;
    const { action, reason, selector } = message;
    this.#commands.add(message, settings.clock.now());
    if (action === "reconnect") this.#permissions.add(selector, at);
    this.#schedule.flushNow();
    this.ownStreams.end(selector);
    for (const subscriber of this.#registry.select(selector)) {
      if (action === "disconnect") endStream(subscriber, closeEventFor(reason, settings));
      else subscriber.connection.close();
    }
  }
}
