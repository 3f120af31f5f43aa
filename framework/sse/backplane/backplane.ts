import type { EventId } from "../event/event-id.ts";

/** Whose streams: those of a user, of a session, one connection, or all who listen to a topic. */
export type StreamSelector =
  | { readonly user: string }
  | { readonly session: string }
  | { readonly connection: string }
  | { readonly topic: string };

/** What travels between nodes: broadcasts, orders about streams, and who is where. */
export type BackplaneMessage = BroadcastMessage | ControlMessage | PresenceMessage;

export interface BroadcastMessage {
  readonly kind: "broadcast";
  /** Who should see it; null for everybody. */
  readonly topics: readonly string[] | null;
  /** A connection id that should not see it. */
  readonly except: string | null;
  /** The event as it goes over the wire, without its id. */
  readonly text: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

export interface ControlMessage {
  readonly kind: "control";
  /** `disconnect` tells the clients to stop; `reconnect` has them come back and be authorised anew. */
  readonly action: "disconnect" | "reconnect";
  readonly selector: StreamSelector;
  /** Told to the clients with `bk:close`. */
  readonly reason: string;
}

/** A topic and somebody who listens to it. */
export type Present = readonly [topic: string, member: string];

/** What one node says of who is on it. */
export interface PresenceMessage {
  readonly kind: "presence";
  /** A name of its own for each start of a process. */
  readonly node: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Who is not named in `here` is not there either. */
  readonly isWhole: boolean;
  readonly here: readonly Present[];
  readonly gone: readonly Present[];
}

/** What a backplane tells its node. Calls come one after another, in the one order that all nodes see. */
export interface BackplaneReceiver {
  /** A message with its id, which is greater than all before it. */
  onMessage(id: EventId, message: BackplaneMessage): void;
  /** The order starts anew after this id: what came before is unknown from here on. Comes first of all. */
  onReset(id: EventId): void;
}

/** One order of messages for all nodes of an app. */
export interface Backplane {
  readonly state: "up" | "away";
  /** Loads the recent messages and listens. Rejects when there is nothing to connect to. */
  start(receiver: BackplaneReceiver): Promise<void>;
  /** Resolves with the id once the message has its place in the order; rejects when it was not taken. Calls keep their order. */
  publish(message: BackplaneMessage): Promise<string>;
  /** Resolves when this node has received everything up to an id: true; or, false, when the order has no such id or it takes too long. */
  reach(id: EventId): Promise<boolean>;
  close(): Promise<void>;
}
