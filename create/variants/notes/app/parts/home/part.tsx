import {
  everybody,
  hxReswap,
  hxRetarget,
  type Kit,
  type Part,
  Partial,
  rateLimit,
  readForm,
  readHtmxRequest,
} from "buffkit";
import type { Context } from "hono";
import { z } from "zod";
import { HomePage, NewNote, NoteList } from "./home-page.tsx";
import { addNote, listNotes } from "./notes.ts";

const noteForm = z.object({
  text: z.string().trim().min(1, "Write something first.").max(200, "Use at most 200 characters."),
});

/** The home page: notes that everyone can write, and that appear in every open page. */
export const home: Part = {
  name: "home",
  mount(app, kit) {
    const atMost = rateLimit({ limiter: kit.limiter, name: "notes", limit: 30, windowMs: 60_000 });
    app.get("/", (c) => show(c, kit));
    app.post("/notes", atMost, (c) => write(c, kit));
  },
};

async function show(c: Context, kit: Kit): Promise<Response> {
  const notes = await listNotes(kit.db);
  return c.render(<HomePage notes={notes} now={kit.clock.now()} />, { title: "Notes for everyone" });
}

async function write(c: Context, kit: Kit): Promise<Response> {
  const form = await readForm(c, noteForm);
  const isFragment = readHtmxRequest(c).isPartial;
  if (!form.ok) {
    const { problems, old } = form;
    if (isFragment) {
      hxRetarget(c, "#new-note");
      hxReswap(c, "outerMorph");
      return c.render(<NewNote problems={problems} old={old} />, { title: "Please check your note", status: 422 });
    }
    const page = <HomePage notes={await listNotes(kit.db)} now={kit.clock.now()} problems={problems} old={old} />;
    return c.render(page, { title: "Please check your note", status: 422 });
  }
  await addNote(kit.db, { text: form.data.text, at: kit.clock.now() });
  const change = (
    <Partial target="#notes">
      <NoteList notes={await listNotes(kit.db)} now={kit.clock.now()} />
    </Partial>
  );
  if (isFragment) {
    hxReswap(c, "none");
    return kit.broker.respondAndBroadcast(c, change, { to: everybody });
  }
  await kit.broker.broadcastHTML(change, { to: everybody });
  return c.redirect("/", 303);
}
