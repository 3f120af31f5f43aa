import type { EventId } from "../event/wire-format.ts";

/** Selects streams: those of a user, of a session, a single connection, or all listeners of a topic. */
export type StreamSelector =
  | { readonly user: string }
  | { readonly session: string }
  | { readonly connection: string }
  | { readonly topic: string };

/** What nodes send each other: broadcasts, commands about streams, that they are alive, presence, who may listen to what, and changes to what regions show. */
export type BackplaneMessage =
  | BroadcastMessage
  | ControlMessage
  | NodeMessage
  | PresenceMessage
  | ListenersMessage
  | ChangeMessage;

export interface BroadcastMessage {
  readonly kind: "broadcast";
  /** Who gets it; null for everyone. */
  readonly topics: readonly string[] | null;
  /** A connection id that doesn't get it. */
  readonly except: string | null;
  /** It replaces earlier ones with this key and the same topics for those who have not read them yet. Default: none. */
  readonly key?: string;
  /** The event in wire format, without its id. */
  readonly text: string;
}

export interface ControlMessage {
  readonly kind: "control";
  /** `disconnect` tells the clients to stop; `reconnect` makes them come back and be authorized again. */
  readonly action: "disconnect" | "reconnect";
  readonly selector: StreamSelector;
  /** Sent to the clients with `bk:close`. */
  readonly reason: string;
  /** The node that sent it, which has already acted on it. */
  readonly from?: string;
}

/** Something changed that regions of pages may show. Who sends it knows what it says. */
export interface ChangeMessage {
  readonly kind: "change";
  /** A JSON value. */
  readonly changes: unknown;
}

/** A node is alive, or is about to stop and has nothing more to tell. */
export interface NodeMessage {
  readonly kind: "node";
  /** Unique for each start of a process. */
  readonly node: string;
  readonly isLeaving: boolean;
}

/** A topic and one of its listeners. */
export type Present = readonly [topic: string, member: string];

/** What one node reports about its own listeners. */
export interface PresenceMessage {
  readonly kind: "presence";
  /** As in `NodeMessage`. */
  readonly node: string;
  /** Whether `here` is the complete list, so that everyone else has left. */
  readonly isWhole: boolean;
  readonly here: readonly Present[];
  readonly gone: readonly Present[];
}

/** Who has listened to a topic, and from which cursor on, so that they may resume on any node. */
export interface ListenersMessage {
  readonly kind: "listeners";
  readonly listeners: readonly (readonly [listener: string, cursor: string])[];
}

/** What a backplane calls on its node. Calls come one at a time, in the same order on all nodes. */
export interface BackplaneReceiver {
  /**
   * A message with its id, which is greater than all before it. `ageMs` says how long ago it was published, as far as that is known without
   * comparing the clocks of two machines. Default: 0.
   */
  onMessage(id: EventId, message: BackplaneMessage, ageMs?: number): void;
  /**
   * The order starts over at this id: messages before it may be missing, so a client with an earlier cursor has to resync. Always the first
   * call.
   */
  onReset(id: EventId): void;
}

/** Carries messages between the nodes of an app, and puts them in one order for all. */
export interface Backplane {
  /** `away` while messages cannot be sent or received; they wait. */
  readonly state: "up" | "away";
  /** What waits to be sent. Default: nothing ever waits. */
  readonly waiting?: WaitingMessages;
  /** Loads the recent messages and starts listening. Rejects when it cannot connect. */
  start(receiver: BackplaneReceiver): Promise<void>;
  /**
   * Resolves with the id once the message has its place in the order, or with an empty string if it has to wait because the backplane is
   * away; rejects if it was not accepted. Calls keep their order.
   */
  publish(message: BackplaneMessage): Promise<string>;
  /** Resolves to true once this node has received everything up to an id, or to false if the id is unknown or it takes too long. */
  reach(id: EventId): Promise<boolean>;
  /** Whether an id can only come from another process of the app, one that doesn't share this backplane. Default: never. */
  isForeign?(id: EventId): boolean;
  close(): Promise<void>;
}

export interface WaitingMessages {
  readonly messages: number;
  /** In memory. */
  readonly bytes: number;
}
