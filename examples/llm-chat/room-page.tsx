import { ExamplePage } from "../example-page.tsx";
import { pages } from "./pages.ts";

/** Where people talk to each other. */
export function RoomPage() {
  return (
    <ExamplePage
      title="The room"
      lead="Everybody in the room reads what is said, and the last ten messages from before."
      links={pages}
      script="/page/room.js"
    >
      <form id="enter" class="panel fields">
        <label>
          Your name
          <input name="name" required maxlength={30} autocomplete="nickname" />
        </label>
        <button type="submit">Come in</button>
      </form>
      <section id="room" class="panel" hidden>
        <p>
          In the room: <strong id="members" />
        </p>
        <ol id="talk" class="talk" role="log" aria-label="Conversation" tabindex={0} />
        <form id="say" class="fields">
          <label>
            Message
            <input name="text" required maxlength={1000} autocomplete="off" />
          </label>
          <button type="submit">Send</button>
          <button id="leave" class="quiet" type="button">
            Leave
          </button>
        </form>
      </section>
      <p id="state" role="status" />
    </ExamplePage>
  );
}
