import { ExamplePage } from "../example-page.tsx";
import { pages } from "./pages.ts";

/** The page where people ask the model. */
export function AskPage() {
  return (
    <ExamplePage
      title="Ask the model"
      lead="The answer appears token by token. Stop really stops the model."
      links={pages}
      script="/ask.js"
    >
      <section class="panel">
        <div class="talk" role="log" aria-label="Conversation" tabindex={0}>
          <ol id="talk" />
        </div>
        <form id="ask" class="fields">
          <label>
            Question
            <input
              name="prompt"
              required
              maxlength={500}
              autocomplete="off"
              placeholder="What is a stream? Tell me a story."
            />
          </label>
          <button type="submit">Ask</button>
          <button id="stop" class="quiet" type="button" disabled>
            Stop
          </button>
        </form>
        <p id="state" role="status" />
      </section>
    </ExamplePage>
  );
}
