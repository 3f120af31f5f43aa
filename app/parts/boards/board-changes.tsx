import { createId } from "buffkit";
import type { Actor } from "./actor.ts";
import { BoardList } from "./board-list.tsx";
import { BoardDeleted } from "./board-page.tsx";
import { type BoardKit, changeBoard } from "./change-board.tsx";
import { boardsTopic, boardTopic } from "./paths.ts";
import { type Board, listBoards } from "./queries.ts";
import type { Queries } from "./tables.ts";

/** Creates a board, and shows it in every open list. Returns its id. */
export async function createBoard(kit: BoardKit, title: string, actor: Actor): Promise<string> {
  const id = createId();
  await kit.db.transaction().execute(async (trx) => {
    const times = { created_at: actor.at, changed_at: actor.at };
    await trx
      .insertInto("boards")
      .values({ id, title, created_by: actor.userId, ...times })
      .execute();
    await showList(kit, trx);
  });
  return id;
}

/** Renames a board; null if it no longer exists. */
export function renameBoard(kit: BoardKit, { id, title }: { id: string; title: string }, actor: Actor) {
  return changeBoard(kit, { id, actor }, async (trx) => {
    await trx.updateTable("boards").set({ title }).where("id", "=", id).execute();
    return { stages: [] };
  });
}

/** Deletes a board with its cards, and says so on its open pages. */
export async function deleteBoard(kit: BoardKit, board: Pick<Board, "id" | "title">, actor: Actor): Promise<void> {
  await kit.db.transaction().execute(async (trx) => {
    await trx.deleteFrom("boards").where("id", "=", board.id).execute();
    await showList(kit, trx);
    await kit.broker.broadcastHTML(<BoardDeleted title={board.title} by={actor.name} />, { to: boardTopic(board.id) });
  });
}

async function showList({ broker, clock }: BoardKit, trx: Queries): Promise<void> {
  await broker.broadcastHTML(<BoardList boards={await listBoards(trx)} now={clock.now()} />, {
    to: boardsTopic,
    target: "#board-list",
  });
}
