import { type Broker, createBroker, Partial } from "buffkit";
import { readName } from "./read-name.ts";
import { Members, Note, type RoomMessage, Said } from "./room-lines.tsx";

/** What every page of the room listens to. */
export const topic = "room";
const historyLength = 10;

/** A room: the broker that connects its pages and knows who is there, and the last ten messages for those who come later. */
export class Room {
  readonly broker: Broker;
  #history: readonly RoomMessage[] = [];

  constructor(heartbeatMs: number) {
    this.broker = createBroker({
      heartbeatMs,
      // People are who they say they are: an example has no accounts. `wire` answers this from the session.
      identify: async (c) => {
        const name = await readName(c);
        return name === null ? null : { userId: name };
      },
      authorizeTopic: (_c, asked) => asked === topic,
      // Where the page of somebody without a name is sent.
      loginPath: "/room",
      presence: {
        watches: (watched) => watched === topic,
        onChange: ({ member, isHere }) => this.#tellPresence(member, isHere),
      },
    });
  }

  /** The names of those who are here, each once, however many pages they have open. */
  get members(): readonly string[] {
    return this.broker.presence(topic);
  }

  get history(): readonly RoomMessage[] {
    return this.#history;
  }

  /** Shows a message in every page, the speaker's own included. */
  async say(name: string, text: string): Promise<RoomMessage> {
    const message = { name, text, at: new Date().toISOString() };
    // Kept first: a page that is made at this moment shows it, at worst twice, rather than not at all.
    this.#history = [...this.#history, message].slice(-historyLength);
    await this.broker.broadcastHTML(<Said message={message} />, { target: "#talk", swap: "beforeend", to: topic });
    return message;
  }

  /** Ends the streams. */
  async close(): Promise<void> {
    await this.broker.close();
  }

  /** Two places of each page in one broadcast. */
  async #tellPresence(name: string, isHere: boolean): Promise<void> {
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
