import { type Html, type Kit, Partial } from "buffkit";
import type { Actor } from "./actor.ts";
import { BoardLink } from "./board-list.tsx";
import { BoardChange } from "./board-page.tsx";
import { boardsTopic, boardTopic } from "./paths.ts";
import { type Board, findBoard, summaryOf } from "./queries.ts";
import type { Stage } from "./stages.ts";
import type { Queries } from "./tables.ts";

/** What a change needs to be saved and shown. */
export type BoardKit = Pick<Kit, "db" | "broker" | "clock">;

/** What a change did to the board's page. */
export interface Change {
  /** The columns whose cards changed. */
  readonly stages: readonly Stage[];
  /** More markup for the open pages of the board. */
  readonly extra?: Html;
}

/**
 * Changes a board and shows the change on every open page, in one transaction: the pages are updated after the commit, and if anything
 * fails, they aren't. Returns null if the board no longer exists.
 *
 * Incrementing the revision locks the board's row until the commit: changes to one board run one after another, and the board read at the
 * end contains exactly the changes up to its revision.
 */
export function changeBoard(
  { db, broker, clock }: BoardKit,
  { id, actor }: { readonly id: string; readonly actor: Actor },
  change: (trx: Queries) => Promise<Change>,
): Promise<Board | null> {
  return db.transaction().execute(async (trx) => {
    const counted = await trx
      .updateTable("boards")
      .set((board) => ({ revision: board("revision", "+", 1), changed_at: actor.at }))
      .where("id", "=", id)
      .executeTakeFirst();
    if (Number(counted.numUpdatedRows) === 0) return null;
    const { stages, extra } = await change(trx);
    const board = await findBoard(trx, id);
    if (!board) return null;
    const now = clock.now();
    await broker.broadcastHTML(
      <>
        <BoardChange board={board} stages={stages} now={now} />
        {extra}
      </>,
      { to: boardTopic(id) },
    );
    await broker.broadcastHTML(
      <Partial target={`#board-${id}`}>
        <BoardLink board={summaryOf(board)} now={now} />
      </Partial>,
      { to: boardsTopic },
    );
    return board;
  });
}
