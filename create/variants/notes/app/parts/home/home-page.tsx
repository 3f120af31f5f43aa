import { everybody, form, live } from "buffkit";
import { z } from "zod";
import { Ago } from "../../../components/ago.tsx";
import { listNotes } from "./notes.ts";

export const noteForm = form({
  schema: z.object({
    text: z.string().trim().min(1, "Write something first.").max(200, "Use at most 200 characters."),
  }),
  fields: (f) => (
    <>
      <f.Field name="text" label="Your note" required maxlength={200} autocomplete="off" />
      <f.Submit>Add note</f.Submit>
    </>
  ),
});

/** The notes. When `notes` changes in the database, every open page that shows them follows. */
export const NoteList = live({
  name: "notes",
  grant: everybody,
  load: ({ db }) => listNotes(db),
  render: (notes) => (
    <>
      {notes.length === 0 ? <p class="empty">No notes yet. Write the first one.</p> : null}
      <ul id="notes" class="note-list" aria-label="Notes">
        {notes.map((note) => (
          <li id={`note-${note.id}`} class="note">
            {note.text}
            <Ago at={note.created_at} />
          </li>
        ))}
      </ul>
    </>
  ),
});

/** The home page: the notes, and the form to add one. The form is outside of the list, so updates don't touch what is typed there. */
export function HomePage() {
  return (
    <section class="wall">
      <header>
        <h1>Notes for everyone</h1>
        <p class="lead">Open this page in two windows and write something. It appears in both, without a reload.</p>
      </header>
      <noteForm.Form action="/notes" class="new-note" />
      <NoteList />
    </section>
  );
}
