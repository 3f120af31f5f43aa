import { form } from "buffkit";
import { z } from "zod";
import { Ago } from "../../../components/ago.tsx";
import type { Note } from "./notes.ts";

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

export interface NoteListProps {
  readonly notes: readonly Note[];
  readonly now: number;
}

/** The home page: the notes, and the form to add one. */
export function HomePage({ notes, now }: NoteListProps) {
  return (
    <section class="wall">
      <header>
        <h1>Notes for everyone</h1>
        <p class="lead">Open this page in two windows and write something. It appears in both, without a reload.</p>
      </header>
      <noteForm.Form action="/notes" class="new-note" />
      <NoteList notes={notes} now={now} />
    </section>
  );
}

/** The list alone, as every open page gets it. The form is outside, so that nobody loses what they are typing. */
export function NoteList({ notes, now }: NoteListProps) {
  return (
    <div id="notes">
      {notes.length === 0 ? <p class="empty">No notes yet. Write the first one.</p> : null}
      <ul class="note-list" aria-label="Notes">
        {notes.map((note) => (
          <li id={`note-${note.id}`} class="note">
            {note.text}
            <Ago at={note.created_at} now={now} />
          </li>
        ))}
      </ul>
    </div>
  );
}
