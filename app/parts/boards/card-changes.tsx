import { createId } from "buffkit";
import type { Actor } from "./actor.ts";
import { type BoardKit, changeBoard } from "./change-board.tsx";
import { SavedNotice } from "./editing-notices.tsx";
import { findCard } from "./queries.ts";
import type { Stage } from "./stages.ts";
import type { Queries } from "./tables.ts";

export interface CardText {
  readonly title: string;
  readonly notes: string;
}

/** Where a card goes: a column, and the card to insert it before (default: at the end). */
export interface Place {
  readonly stage: Stage;
  readonly beforeId?: string;
}

/** How saving a card ended; `changed` means that someone else saved it first, `gone` that it was deleted. */
export type SaveResult = "saved" | "changed" | "gone";

interface CardIds {
  readonly boardId: string;
  readonly id: string;
}

/** Adds a card at the end of a column; null if the board no longer exists. */
export function addCard(kit: BoardKit, card: CardText & { boardId: string; stage: Stage }, actor: Actor) {
  const { boardId, stage, title, notes } = card;
  return changeBoard(kit, { id: boardId, actor }, async (trx) => {
    await trx
      .insertInto("cards")
      .values({
        id: createId(),
        board_id: boardId,
        position: await columnLength(trx, boardId, stage),
        ...{ stage, title, notes },
        changed_by: actor.userId,
        created_at: actor.at,
        changed_at: actor.at,
        done_at: stage === "done" ? actor.at : null,
      })
      .execute();
    return { stages: [stage] };
  });
}

/** Saves a card's text if no one else has saved it since `version`. */
export async function saveCard(
  kit: BoardKit,
  card: CardText & CardIds & { version: number },
  actor: Actor,
): Promise<SaveResult> {
  const { boardId, id, version, title, notes } = card;
  let result: SaveResult = "gone";
  await changeBoard(kit, { id: boardId, actor }, async (trx) => {
    const current = await findCard(trx, card);
    if (!current) return { stages: [] };
    result = current.version === version ? "saved" : "changed";
    if (result === "changed") return { stages: [] };
    await trx
      .updateTable("cards")
      .set({ title, notes, version: version + 1, changed_by: actor.userId, changed_at: actor.at })
      .where("id", "=", id)
      .execute();
    const text = `${actor.name} just saved this card. If you save too, you’ll see both versions.`;
    return { stages: [current.stage], extra: <SavedNotice cardId={id} text={text} /> };
  });
  return result;
}

/** Moves a card; null if the board no longer exists. Does nothing if the card no longer exists. */
export function moveCard(kit: BoardKit, card: CardIds & Place, actor: Actor) {
  const { boardId, id, stage, beforeId } = card;
  return changeBoard(kit, { id: boardId, actor }, async (trx) => {
    const rows = await trx
      .selectFrom("cards")
      .select(["id", "stage", "position"])
      .where("board_id", "=", boardId)
      .orderBy("position")
      .execute();
    const moved = rows.find((row) => row.id === id);
    if (!moved) return { stages: [] };
    const order = rows.filter((row) => row.stage === stage && row.id !== id).map((row) => row.id);
    const found = beforeId === undefined ? -1 : order.indexOf(beforeId);
    order.splice(found === -1 ? order.length : found, 0, id);
    if (moved.stage !== stage) {
      const doneAt = stage === "done" ? actor.at : null;
      const change = { stage, done_at: doneAt, changed_by: actor.userId, changed_at: actor.at };
      await trx.updateTable("cards").set(change).where("id", "=", id).execute();
    }
    const positions = new Map(rows.map((row) => [row.id, row.position]));
    for (const [position, other] of order.entries()) {
      if (positions.get(other) === position && other !== id) continue;
      await trx.updateTable("cards").set({ position }).where("id", "=", other).execute();
    }
    return { stages: [...new Set([moved.stage, stage])] };
  });
}

/** Deletes a card; null if the board no longer exists. */
export function deleteCard(kit: BoardKit, card: CardIds & { stage: Stage }, actor: Actor) {
  return changeBoard(kit, { id: card.boardId, actor }, async (trx) => {
    await trx.deleteFrom("cards").where("id", "=", card.id).where("board_id", "=", card.boardId).execute();
    const text = `${actor.name} just deleted this card. Your text is still here; save it to add it as a new card.`;
    return { stages: [card.stage], extra: <SavedNotice cardId={card.id} text={text} /> };
  });
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
