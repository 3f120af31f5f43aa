import { done, everybody, Form, form, type Part } from "buffkit";
import { z } from "zod";

// The form is nothing but its three buttons, so it has no fields.
const changeForm = form({ schema: z.object({ change: z.enum(["down", "up", "reset"]) }) });

/** A count that all open pages share: anyone who presses a button changes it for everyone. */
export const sharedCount: Part = {
  name: "shared-count",
  topics: { count: everybody },
  mount(app, { broker }) {
    let count = 0;

    app.get("/shared", (c) =>
      c.render(<SharedCount count={count} />, {
        title: "A shared count",
        description: "Open this page in two windows: both always show the same number.",
        topics: ["count"],
      }),
    );

    app.post(
      "/shared",
      changeForm.handle(async ({ data: { change } }) => {
        count = change === "reset" ? 0 : count + (change === "up" ? 1 : -1);
        await broker.broadcastHTML(<Count count={count} />, { to: "count", target: "#count" });
        return done({ to: "/shared" });
      }),
    );
  },
};

function SharedCount({ count }: { readonly count: number }) {
  return (
    <section class="panel figure">
      <Count count={count} />
      <Form class="actions" action="/shared" hx-post="/shared" hx-swap="none" hx-sync="this:queue all">
        <button type="submit" name="change" value="down">
          One less
        </button>
        <button type="submit" name="change" value="up">
          One more
        </button>
        <button type="submit" name="change" value="reset">
          Back to 0
        </button>
      </Form>
    </section>
  );
}

function Count({ count }: { readonly count: number }) {
  return <output id="count">{count}</output>;
}
