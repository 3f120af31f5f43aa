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

/** The start page: the notes, and the line in which another one is written. */
export function HomePage({ notes, now, ...form }: NoteListProps & NewNoteProps) {
  return (
    <section class="wall">
      <header>
        <h1>Notes for everybody</h1>
        <p class="lead">Open this page in two windows and write something: it appears in both, without a reload.</p>
      </header>
      <NewNote {...form} />
      <NoteList notes={notes} now={now} />
    </section>
  );
}

/** The list alone, as live updates send it. */
export function NoteList({ notes, now }: NoteListProps) {
  return (
    <div id="notes">
      {notes.length === 0 ? <p class="empty">No notes yet. Yours can be the first.</p> : null}
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

/** The form stands beside the list, so no update touches what somebody types. */
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
      <button type="submit">Write</button>
    </Form>
  );
}
