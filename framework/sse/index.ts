export type {
  Backplane,
  BackplaneMessage,
  BackplaneReceiver,
  BroadcastMessage,
  ControlMessage,
  PresenceMessage,
  Present,
  StreamSelector,
} from "./backplane/backplane.ts";
export { createMemoryOrder, MemoryBackplane, type MemoryOrder } from "./backplane/memory-backplane.ts";
export { RedisBackplane, type RedisBackplaneOptions } from "./backplane/redis-backplane.ts";
export type { BroadcastOptions, Broker, FragmentOptions } from "./broker.ts";
export {
  type BrokerLimits,
  type BrokerOptions,
  type Identity,
  type PresenceChange,
  type PresenceOptions,
  standardLimits,
} from "./broker-options.ts";
export type { CloseReason, Connection, ConnectionListener, WriteStatus } from "./connection/connection.ts";
export { type NodeBindings, readNodeBindings } from "./connection/node/node-bindings.ts";
export type { FlushWindow } from "./delivery/flush-schedule.ts";
export type { BrokerStats } from "./delivery/stats.ts";
export { formatBinary, type SSEEvent, serialiseEvent } from "./event/event.ts";
export { createEvent, EventBuilder } from "./event/event-builder.ts";
export type { EventId } from "./event/event-id.ts";
export { createBroker } from "./event-broker.ts";
export type { EventData, EventName, Events } from "./events.ts";
export type { FragmentPlace } from "./fragment.ts";
export { LiveStream, type LiveStreamProps } from "./live-stream.tsx";
export type { SendStatus, SSEWriter } from "./sse-writer.ts";
export { type StartOptions, startedSSE, startSSE } from "./start-sse.ts";
