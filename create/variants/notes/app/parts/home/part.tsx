import { createId, done, everybody, type Part, type PartTopics, rateLimit, type TopicsOf } from "buffkit";
import { HomePage, NoteList, noteForm } from "./home-page.tsx";
import { listNotes } from "./notes.ts";

const topics = { notes: everybody } satisfies PartTopics;

declare module "buffkit" {
  interface Topics extends TopicsOf<typeof topics> {}
}

/** The home page: anyone can write a note, and it appears in every open page. */
export const home: Part = {
  name: "home",
  topics,
  mount(app, { db, broker, clock, limiter }) {
    const atMost = rateLimit({ limiter, name: "notes", limit: 30, windowMs: 60_000 });

    app.get("/", async (c) =>
      c.render(<HomePage notes={await listNotes(db)} now={clock.now()} />, {
        title: "Notes for everyone",
        topics: ["notes"],
      }),
    );

    app.post(
      "/notes",
      atMost,
      noteForm.handle(async ({ data }) => {
        const now = clock.now();
        // The broadcast waits for the commit. If it fails, nobody sees the note.
        await db.transaction().execute(async (trx) => {
          await trx.insertInto("notes").values({ id: createId(), text: data.text, created_at: now }).execute();
          await broker.broadcastHTML(<NoteList notes={await listNotes(trx)} now={now} />, {
            target: "#notes",
            to: "notes",
          });
        });
        return done();
      }),
    );
  },
};
