export type {
  Backplane,
  BackplaneMessage,
  BackplaneReceiver,
  BroadcastMessage,
  ControlMessage,
  ListenersMessage,
  PresenceMessage,
  Present,
  StreamSelector,
} from "./backplane/backplane.ts";
export { createMemoryBus, MemoryBackplane, type MemoryBus } from "./backplane/memory-backplane.ts";
export { RedisBackplane, type RedisBackplaneOptions } from "./backplane/redis-backplane.ts";
export type { Address, BroadcastOptions, FragmentOptions, FragmentPlace, StreamTopic } from "./broadcast-message.ts";
export { type Broker, createBroker } from "./broker.ts";
export {
  type BrokerLimits,
  type BrokerOptions,
  type Identity,
  type PresenceChange,
  type PresenceOptions,
  standardLimits,
} from "./broker-options.ts";
export { type BackplaneSubject, backplaneChecks } from "./conformance/backplane-conformance.ts";
export type { CloseReason, Connection, ConnectionListener, WriteStatus } from "./connection/connection.ts";
export { type NodeBindings, readNodeBindings } from "./connection/node/node-bindings.ts";
export type { FlushWindow } from "./delivery/flush-schedule.ts";
export type { BrokerStats } from "./delivery/stats.ts";
export { isReservedTopic, isTopic } from "./delivery/subscribers.ts";
export { separateProcesses } from "./errors.ts";
export { createEvent, EventBuilder } from "./event/event-builder.ts";
export { type ReceivedEvent, readEvents } from "./event/event-parser.ts";
export type { EventData, EventName, Events } from "./event/named-events.ts";
export {
  compareEventIds,
  type EventId,
  formatBinary,
  formatEventId,
  type Payload,
  parseEventId,
  type SSEEvent,
  serializeEvent,
} from "./event/wire-format.ts";
export { everybody } from "./everybody.ts";
export { LiveStream, type LiveStreamProps } from "./live-stream.tsx";
export type { SendStatus, SSEWriter } from "./sse-writer.ts";
export { type StartOptions, startedSSE, startSSE } from "./start-sse.ts";
export { type AskedRegion, type RegionFeed, type RegionReader, regionPayload } from "./stream/region-feed.ts";
