export type {
  Backplane,
  BackplaneMessage,
  BackplaneReceiver,
  BroadcastMessage,
  ControlMessage,
  PresenceMessage,
  Present,
  StreamSelector,
} from "./backplane.ts";
export type { BroadcastOptions, Broker, FragmentOptions } from "./broker.ts";
export { type BrokerLimits, type BrokerOptions, type Identity, standardLimits } from "./broker-options.ts";
export type { CloseReason, Connection, ConnectionListener, WriteStatus } from "./connection.ts";
export { formatBinary, type SSEEvent, serialiseEvent } from "./event.ts";
export { createBroker } from "./event-broker.ts";
export { createEvent, EventBuilder } from "./event-builder.ts";
export type { EventId } from "./event-id.ts";
export type { EventData, EventName, Events } from "./events.ts";
export type { FlushWindow } from "./flush-schedule.ts";
export type { FragmentPlace } from "./fragment.ts";
export { LiveStream, type LiveStreamProps } from "./live-stream.tsx";
export { createMemoryOrder, MemoryBackplane, type MemoryOrder } from "./memory-backplane.ts";
export { type NodeBindings, readNodeBindings } from "./node-bindings.ts";
export type { PresenceOptions } from "./presence.ts";
export type { PresenceChange } from "./presence-table.ts";
export { RedisBackplane, type RedisBackplaneOptions } from "./redis-backplane.ts";
export type { SendStatus, SSEWriter } from "./sse-writer.ts";
export { type StartOptions, startedSSE, startSSE } from "./start-sse.ts";
export type { BrokerStats } from "./stats.ts";
