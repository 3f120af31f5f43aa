import { createId, done, type Part, rateLimit } from "buffkit";
import { HomePage, NoteList, noteForm } from "./home-page.tsx";

/** The home page: anyone can write a note, and it appears in every open page. */
export const home: Part = {
  name: "home",
  live: [NoteList],
  mount(app, { db, clock, limiter }) {
    const atMost = rateLimit({ limiter, name: "notes", limit: 30, windowMs: 60_000 });

    app.get("/", (c) => c.render(<HomePage />, { title: "Notes for everyone" }));

    app.post(
      "/notes",
      atMost,
      noteForm.handle(async ({ data }) => {
        await db.insertInto("notes").values({ id: createId(), text: data.text, created_at: clock.now() }).execute();
        return done();
      }),
    );
  },
};
