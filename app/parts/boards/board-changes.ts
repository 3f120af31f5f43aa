import { createId } from "buffkit";
import type { Actor } from "./actor.ts";
import { type BoardKit, changeBoard } from "./change-board.ts";

/** Creates a board, which belongs to its creator. Returns its id. */
export async function createBoard({ db }: BoardKit, title: string, { userId, at }: Actor): Promise<string> {
  const id = createId();
  await db.insertInto("boards").values({ id, title, created_by: userId, created_at: at, changed_at: at }).execute();
  return id;
}

/** Renames a board; null if it no longer exists. */
export function renameBoard(kit: BoardKit, { id, title }: { id: string; title: string }, actor: Actor) {
  return changeBoard(kit, { id, actor }, async (trx) => {
    await trx.updateTable("boards").set({ title }).where("id", "=", id).execute();
    return id;
  });
}

/** Deletes a board with its cards. */
export async function deleteBoard({ db }: BoardKit, id: string): Promise<void> {
  await db.deleteFrom("boards").where("id", "=", id).execute();
}
