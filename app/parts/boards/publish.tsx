import { type Html, hxReswap, hxTrigger, type Kit, Partial } from "buffkit";
import type { Context } from "hono";
import { BoardLink } from "./board-list.tsx";
import { BoardChange } from "./board-page.tsx";
import { boardPath, boardsTopic, boardTopic } from "./paths.ts";
import { type Board, summaryOf } from "./queries.ts";
import { wantsFragment } from "./request-context.ts";
import type { Stage } from "./stages.ts";

export interface Change {
  readonly board: Board;
  /** The columns whose cards changed. */
  readonly stages: readonly Stage[];
  /** More markup for the open pages of the board. */
  readonly extra?: Html;
}

/**
 * Shows a change on every open page of the board and of the list, and responds to the person who made it: with the same fragment,
 * or without JavaScript with a redirect to the board.
 */
export async function publishChange(c: Context, kit: Kit, change: Change): Promise<Response> {
  const { board, stages, extra } = change;
  const now = kit.clock.now();
  const fragment = (
    <>
      <BoardChange board={board} stages={stages} now={now} />
      {extra}
    </>
  );
  await publishSummary(kit, board);
  const to = boardTopic(board.id);
  if (wantsFragment(c)) {
    hxReswap(c, "none");
    hxTrigger(c, "bk:modal-close");
    return kit.broker.respondAndBroadcast(c, fragment, { to });
  }
  await kit.broker.broadcastHTML(fragment, { to });
  return c.redirect(boardPath(board.id), 303);
}

/** Updates the board's entry in every open list of boards. */
export async function publishSummary(kit: Kit, board: Board): Promise<void> {
  const now = kit.clock.now();
  await kit.broker.broadcastHTML(
    <Partial target={`#board-${board.id}`}>
      <BoardLink board={summaryOf(board)} now={now} />
    </Partial>,
    { to: boardsTopic },
  );
}
