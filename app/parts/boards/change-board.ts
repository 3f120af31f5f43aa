import type { Kit } from "buffkit";
import type { Actor } from "./actor.ts";
import type { Queries } from "./tables.ts";

/** What a change needs to be saved. */
export type BoardKit = Pick<Kit, "db">;

/**
 * Changes a board in one transaction, and returns what the change returns; null if the board no longer exists. The live regions of all open
 * pages follow after the commit.
 *
 * Updating the board's row locks it until the commit, so that changes to one board run one after another.
 */
export function changeBoard<Result>(
  { db }: BoardKit,
  { id, actor }: { readonly id: string; readonly actor: Actor },
  change: (trx: Queries) => Promise<Result>,
): Promise<Result | null> {
  return db.transaction().execute(async (trx) => {
    const locked = await trx
      .updateTable("boards")
      .set({ changed_at: actor.at })
      .where("id", "=", id)
      .executeTakeFirst();
    return Number(locked.numUpdatedRows) === 0 ? null : await change(trx);
  });
}
