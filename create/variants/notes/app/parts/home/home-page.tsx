import { Field, Form, type OldInput, type Problems } from "buffkit";
import { Ago } from "../../../components/ago.tsx";
import type { Note } from "./notes.ts";

export interface NoteListProps {
  readonly notes: readonly Note[];
  readonly now: number;
}

export interface NewNoteProps {
  readonly problems?: Problems;
  readonly old?: OldInput;
}

/** The home page: the notes, and the form to add one. */
export function HomePage({ notes, now, ...form }: NoteListProps & NewNoteProps) {
  return (
    <section class="wall">
      <header>
        <h1>Notes for everyone</h1>
        <p class="lead">Open this page in two windows and write something. It appears in both, without a reload.</p>
      </header>
      <NewNote {...form} />
      <NoteList notes={notes} now={now} />
    </section>
  );
}

/** The list alone, as sent by live updates. */
export function NoteList({ notes, now }: NoteListProps) {
  return (
    <div id="notes">
      {notes.length === 0 ? <p class="empty">No notes yet. Write the first one.</p> : null}
      <ul class="note-list" aria-label="Notes">
        {notes.map((note) => (
          <li id={`note-${note.id}`} class="note">
            {note.text}
            <Ago at={note.createdAt} now={now} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The form is outside the list, so updates don't affect what someone is typing. */
export function NewNote({ problems, old }: NewNoteProps) {
  return (
    <Form
      id="new-note"
      class="new-note"
      action="/notes"
      hx-post="/notes"
      hx-swap="none"
      data-reset
      problems={problems}
      old={old}
    >
      <Field name="text" label="Your note" required maxlength={200} autocomplete="off" />
      <button type="submit">Add note</button>
    </Form>
  );
}
