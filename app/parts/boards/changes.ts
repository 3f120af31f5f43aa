import { createId, type Database } from "buffkit";
import { type Board, findBoard, findCard } from "./queries.ts";
import type { Stage } from "./stages.ts";
import "./tables.ts";

/** Who changes something, and when (milliseconds since the epoch). */
export interface Actor {
  readonly userId: string;
  readonly at: number;
}

export interface CardText {
  readonly title: string;
  readonly notes: string;
}

/** Where a card goes: a column, and the card to insert it before (default: at the end). */
export interface Place {
  readonly stage: Stage;
  readonly beforeId?: string;
}

export type SaveResult =
  | { readonly ok: true; readonly board: Board }
  | { readonly ok: false; readonly reason: "changed" | "gone" };

export async function createBoard(db: Database, title: string, actor: Actor): Promise<string> {
  const id = createId();
  await db
    .insertInto("boards")
    .values({ id, title, created_by: actor.userId, created_at: actor.at, changed_at: actor.at })
    .execute();
  return id;
}

export async function deleteBoard(db: Database, id: string): Promise<void> {
  await db.deleteFrom("boards").where("id", "=", id).execute();
}

/** Renames a board; null if it no longer exists. */
export function renameBoard(db: Database, { id, title }: { id: string; title: string }, actor: Actor) {
  return changeBoard(db, { id, at: actor.at }, () =>
    db.updateTable("boards").set({ title }).where("id", "=", id).execute(),
  );
}

/** Adds a card at the end of a column; null if the board no longer exists. */
export function addCard(db: Database, card: CardText & { boardId: string; stage: Stage }, actor: Actor) {
  return changeBoard(db, { id: card.boardId, at: actor.at }, async () => {
    const position = await columnLength(db, card.boardId, card.stage);
    await db
      .insertInto("cards")
      .values({
        id: createId(),
        board_id: card.boardId,
        stage: card.stage,
        position,
        title: card.title,
        notes: card.notes,
        changed_by: actor.userId,
        created_at: actor.at,
        changed_at: actor.at,
        done_at: card.stage === "done" ? actor.at : null,
      })
      .execute();
  });
}

/** Saves a card's text if no one else has saved it since `version`. */
export async function saveCard(
  db: Database,
  card: CardText & { boardId: string; id: string; version: number },
  actor: Actor,
): Promise<SaveResult> {
  let isSaved = false;
  const board = await changeBoard(db, { id: card.boardId, at: actor.at }, async () => {
    const result = await db
      .updateTable("cards")
      .set({
        title: card.title,
        notes: card.notes,
        version: card.version + 1,
        changed_by: actor.userId,
        changed_at: actor.at,
      })
      .where("id", "=", card.id)
      .where("board_id", "=", card.boardId)
      .where("version", "=", card.version)
      .executeTakeFirst();
    isSaved = Number(result.numUpdatedRows) === 1;
  });
  if (board && isSaved) return { ok: true, board };
  const current = await findCard(db, card);
  return { ok: false, reason: current ? "changed" : "gone" };
}

/** Moves a card; null if the board no longer exists. Does nothing if the card no longer exists. */
export function moveCard(db: Database, card: { boardId: string; id: string } & Place, actor: Actor) {
  return changeBoard(db, { id: card.boardId, at: actor.at }, async () => {
    const rows = await db
      .selectFrom("cards")
      .select(["id", "stage", "position"])
      .where("board_id", "=", card.boardId)
      .orderBy("position")
      .execute();
    const moved = rows.find((row) => row.id === card.id);
    if (!moved) return;
    const order = rows.filter((row) => row.stage === card.stage && row.id !== card.id).map((row) => row.id);
    const found = card.beforeId === undefined ? -1 : order.indexOf(card.beforeId);
    order.splice(found === -1 ? order.length : found, 0, card.id);
    if (moved.stage !== card.stage) {
      await db
        .updateTable("cards")
        .set({
          stage: card.stage,
          done_at: card.stage === "done" ? actor.at : null,
          changed_by: actor.userId,
          changed_at: actor.at,
        })
        .where("id", "=", card.id)
        .execute();
    }
    const positions = new Map(rows.map((row) => [row.id, row.position]));
    for (const [position, id] of order.entries()) {
      if (positions.get(id) === position && id !== card.id) continue;
      await db.updateTable("cards").set({ position }).where("id", "=", id).execute();
    }
  });
}

/** Deletes a card; null if the board no longer exists. */
export function deleteCard(db: Database, card: { boardId: string; id: string }, actor: Actor) {
  return changeBoard(db, { id: card.boardId, at: actor.at }, () =>
    db.deleteFrom("cards").where("id", "=", card.id).where("board_id", "=", card.boardId).execute(),
  );
}

// Incrementing the revision first locks the board's row until the commit: changes to one board run one after another, and
// the board read at the end contains exactly the changes up to its revision.
async function changeBoard(
  db: Database,
  { id, at }: { id: string; at: number },
  change: () => Promise<unknown>,
): Promise<Board | null> {
  return db.transaction().execute(async (trx) => {
    const counted = await trx
      .updateTable("boards")
      .set((board) => ({ revision: board("revision", "+", 1), changed_at: at }))
      .where("id", "=", id)
      .executeTakeFirst();
    if (Number(counted.numUpdatedRows) === 0) return null;
    await change();
    return findBoard(db, id);
  });
}

async function columnLength(db: Database, boardId: string, stage: Stage): Promise<number> {
  const last = await db
    .selectFrom("cards")
    .select(({ fn }) => fn.max("position").as("position"))
    .where("board_id", "=", boardId)
    .where("stage", "=", stage)
    .executeTakeFirst();
  return last?.position === null || last?.position === undefined ? 0 : Number(last.position) + 1;
}
