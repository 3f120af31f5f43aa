import type { Kysely, Milliseconds, Selectable, Tables } from "buffkit";

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

export type Note = Selectable<NoteTable>;

/** The latest twenty notes, newest first. */
export function listNotes(db: Kysely<Tables>): Promise<readonly Note[]> {
  return db.selectFrom("notes").selectAll().orderBy("created_at", "desc").orderBy("id").limit(20).execute();
}
