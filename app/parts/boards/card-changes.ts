import { createId } from "buffkit";
import type { Actor } from "./actor.ts";
import { type BoardKit, changeBoard } from "./change-board.ts";
import { findCard } from "./queries.ts";
import type { Stage } from "./stages.ts";
import type { Queries } from "./tables.ts";

export interface CardText {
  readonly title: string;
  readonly notes: string;
}

/** Where a card goes: one step up or down; or to a column, before another card (default: to the end). */
export type Place = { readonly step: -1 | 1 } | { readonly stage: Stage; readonly beforeId?: string };

/** How saving a card ended; `changed` means that someone else saved it first, `gone` that it was deleted. */
export type SaveResult = "saved" | "changed" | "gone";

interface CardIds {
  readonly boardId: string;
  readonly id: string;
}

/** Adds a card at the end of a column, and returns its id; null if the board no longer exists. */
export function addCard(kit: BoardKit, card: CardText & { boardId: string; stage: Stage }, actor: Actor) {
  const { boardId, stage, title, notes } = card;
  return changeBoard(kit, { id: boardId, actor }, async (trx) => {
    const id = createId();
    await trx
      .insertInto("cards")
      .values({
        id,
        board_id: boardId,
        position: await columnLength(trx, boardId, stage),
        ...{ stage, title, notes },
        changed_by: actor.userId,
        created_at: actor.at,
        changed_at: actor.at,
        done_at: stage === "done" ? actor.at : null,
      })
      .execute();
    return id;
  });
}

/** Saves a card's text if no one else has saved it since `version`. */
export async function saveCard(
  kit: BoardKit,
  card: CardText & CardIds & { version: number },
  actor: Actor,
): Promise<SaveResult> {
  const { boardId, id, version, title, notes } = card;
  const result = await changeBoard(kit, { id: boardId, actor }, async (trx): Promise<SaveResult> => {
    const current = await findCard(trx, card);
    if (!current) return "gone";
    if (current.version !== version) return "changed";
    await cardsOf(trx, current)
      .set({ title, notes, version: version + 1, changed_by: actor.userId, changed_at: actor.at })
      .where("id", "=", id)
      .execute();
    return "saved";
  });
  return result ?? "gone";
}

/** Moves a card; null if the board no longer exists. Does nothing if the card no longer exists. */
export function moveCard(kit: BoardKit, card: CardIds & Place, actor: Actor) {
  const { boardId, id } = card;
  return changeBoard(kit, { id: boardId, actor }, async (trx) => {
    const rows = await trx
      .selectFrom("cards")
      .select(["id", "stage", "position"])
      .where("board_id", "=", boardId)
      .orderBy("position")
      .execute();
    const moved = rows.find((row) => row.id === id);
    if (!moved) return id;
    const stage = "step" in card ? moved.stage : card.stage;
    const column = rows.filter((row) => row.stage === stage).map((row) => row.id);
    const order = column.filter((other) => other !== id);
    const at = "step" in card ? Math.max(0, column.indexOf(id) + card.step) : order.indexOf(card.beforeId ?? "");
    order.splice(at === -1 ? order.length : at, 0, id);
    if (moved.stage !== stage) {
      const doneAt = stage === "done" ? actor.at : null;
      const change = { stage, done_at: doneAt, changed_by: actor.userId, changed_at: actor.at };
      await cardsOf(trx, { boardId, stage: moved.stage }).set(change).where("id", "=", id).execute();
    }
    const positions = new Map(rows.map((row) => [row.id, row.position]));
    for (const [position, other] of order.entries()) {
      if (positions.get(other) === position && other !== id) continue;
      await cardsOf(trx, { boardId, stage }).set({ position }).where("id", "=", other).execute();
    }
    return id;
  });
}

/** Deletes a card; null if the board no longer exists. */
export function deleteCard(kit: BoardKit, { boardId, id }: CardIds, actor: Actor) {
  return changeBoard(kit, { id: boardId, actor }, async (trx) => {
    await trx.deleteFrom("cards").where("board_id", "=", boardId).where("id", "=", id).execute();
    return id;
  });
}

/** Updates cards of one column, so that the live regions of other columns and boards needn't look. */
function cardsOf(trx: Queries, { boardId, stage }: { boardId: string; stage: Stage }) {
  return trx.updateTable("cards").where("board_id", "=", boardId).where("stage", "=", stage);
}

async function columnLength(trx: Queries, boardId: string, stage: Stage): Promise<number> {
  const last = await trx
    .selectFrom("cards")
    .select(({ fn }) => fn.max("position").as("position"))
    .where("board_id", "=", boardId)
    .where("stage", "=", stage)
    .executeTakeFirst();
  return last?.position === null || last?.position === undefined ? 0 : Number(last.position) + 1;
}
