import { type Broker, createBroker, Partial } from "buffkit";
import { readName } from "./read-name.ts";
import { Members, Note, type RoomMessage, Said } from "./room-lines.tsx";

/** The topic that every page of the room subscribes to. */
export const topic = "room";
const historyLength = 10;

/** A room: the broker that connects its pages and knows who is there, and the last ten messages for late arrivals. */
export class Room {
  readonly broker: Broker;
  #history: readonly RoomMessage[] = [];

  constructor(heartbeatMs: number) {
    this.broker = createBroker({
      heartbeatMs,
      // This example has no accounts and trusts the name. With `wire`, the session answers this.
      identify: async (c) => {
        const name = await readName(c);
        return name === null ? null : { userId: name };
      },
      authorizeTopic: (_c, asked) => asked === topic,
      // Where a page without a name is redirected.
      loginPath: "/room",
      presence: {
        watches: (watched) => watched === topic,
        onChange: ({ member, isHere }) => this.#broadcastPresence(member, isHere),
      },
    });
  }

  /** The names of the people in the room, each once, no matter how many pages they have open. */
  get members(): readonly string[] {
    return this.broker.presence(topic);
  }

  get history(): readonly RoomMessage[] {
    return this.#history;
  }

  /** Shows a message on every page, including the sender's. */
  async say(name: string, text: string): Promise<RoomMessage> {
    const message = { name, text, at: new Date().toISOString() };
    // Stored first: a page rendered right now shows it twice at worst, rather than not at all.
    this.#history = [...this.#history, message].slice(-historyLength);
    await this.broker.broadcastHTML(<Said message={message} />, { target: "#talk", swap: "beforeend", to: topic });
    return message;
  }

  /** Ends the streams. */
  async close(): Promise<void> {
    await this.broker.close();
  }

  /** Updates two places on every page with one broadcast. */
  async #broadcastPresence(name: string, isHere: boolean): Promise<void> {
    await this.broker.broadcastHTML(
      <>
        <Partial target="#members">
          <Members names={this.members} />
        </Partial>
        <Partial target="#talk" swap="beforeend">
          <Note>{isHere ? `${name} came in.` : `${name} left.`}</Note>
        </Partial>
      </>,
      { to: topic },
    );
  }
}
