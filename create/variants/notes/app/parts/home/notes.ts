import { createId, type Database, type Milliseconds } from "buffkit";

export interface NoteTable {
  readonly id: string;
  readonly text: string;
  readonly created_at: Milliseconds;
}

declare module "buffkit" {
  interface Tables {
    notes: NoteTable;
  }
}

/** A note as the page shows it. */
export interface Note {
  readonly id: string;
  readonly text: string;
  readonly createdAt: number;
}

/** The latest twenty notes, newest first. */
export async function listNotes(db: Database): Promise<readonly Note[]> {
  const rows = await db.selectFrom("notes").selectAll().orderBy("created_at", "desc").orderBy("id").limit(20).execute();
  return rows.map((row) => ({ id: row.id, text: row.text, createdAt: Number(row.created_at) }));
}

/** Stores a note. */
export async function addNote(db: Database, note: { readonly text: string; readonly at: number }): Promise<void> {
  await db.insertInto("notes").values({ id: createId(), text: note.text, created_at: note.at }).execute();
}
