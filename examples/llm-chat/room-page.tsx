import { LiveStream } from "buffkit";
import { ExamplePage } from "../example-page.tsx";
import { pages } from "./pages.ts";
import { type Room, topic } from "./room.tsx";
import { Members, Said } from "./room-lines.tsx";

const frame = {
  title: "The room",
  lead: "Everyone in the room sees new messages at once, and the last ten from before.",
  links: pages,
};

/** Asks for a name before entering. */
export function EnterPage() {
  return (
    <ExamplePage {...frame}>
      <form action="/room" class="panel fields">
        <label>
          Your name
          <input name="name" required pattern=".*\S.*" maxlength={30} autocomplete="nickname" autofocus />
        </label>
        <button type="submit">Come in</button>
      </form>
    </ExamplePage>
  );
}

/** The room and the person who enters it. */
export interface RoomPageProps {
  readonly room: Room;
  readonly name: string;
}

/** The room itself. The page arrives complete; from then on the stream adds to it. */
export function RoomPage({ room, name }: RoomPageProps) {
  // Read before the history below, so that nothing is missed until the stream is open.
  const { pageCursor } = room.broker;
  const stream = `/room/events?${new URLSearchParams({ name })}`;
  return (
    <ExamplePage {...frame} live={<LiveStream path={stream} topics={[topic]} since={pageCursor} />}>
      <section class="panel">
        <div class="fields">
          <p>
            Welcome, {name}!
            <br />
            In the room: <Members names={room.members} />
          </p>
          <a class="button quiet" href="/room">
            Leave
          </a>
        </div>
        <div class="talk" role="log" aria-label="Conversation" tabindex={0}>
          <ol id="talk">
            {room.history.map((message) => (
              <Said message={message} />
            ))}
          </ol>
        </div>
        <form class="fields" method="post" action="/room/messages" hx-post="/room/messages" hx-swap="none" data-reset>
          <input type="hidden" name="name" value={name} />
          <label>
            Message
            <input name="text" required pattern=".*\S.*" maxlength={1000} autocomplete="off" autofocus />
          </label>
          <button type="submit">Send</button>
        </form>
      </section>
    </ExamplePage>
  );
}
