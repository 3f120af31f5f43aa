import type { Stage } from "./stages.ts";
import type { Queries } from "./tables.ts";

/** A board with its cards, as the page shows it. */
export interface Board {
  readonly id: string;
  readonly title: string;
  readonly revision: number;
  readonly changedAt: number;
  readonly cards: readonly Card[];
}

export interface Card {
  readonly id: string;
  readonly boardId: string;
  readonly stage: Stage;
  readonly title: string;
  readonly notes: string;
  readonly version: number;
  /** Name of the person who last changed it; null if the account was deleted. */
  readonly changedBy: string | null;
  readonly changedAt: number;
}

/** An entry in the list of boards. */
export interface BoardSummary {
  readonly id: string;
  readonly title: string;
  readonly revision: number;
  readonly changedAt: number;
  readonly cardCount: number;
  readonly doneCount: number;
}

/** All boards, most recently changed first. */
export async function listBoards(db: Queries): Promise<readonly BoardSummary[]> {
  const rows = await db
    .selectFrom("boards")
    .leftJoin("cards", "cards.board_id", "boards.id")
    .select(({ fn }) => [
      "boards.id",
      "boards.title",
      "boards.revision",
      "boards.changed_at",
      fn.count("cards.id").as("cards"),
      fn.count("cards.done_at").as("done"),
    ])
    .groupBy(["boards.id", "boards.title", "boards.revision", "boards.changed_at"])
    .orderBy("boards.changed_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    revision: row.revision,
    changedAt: Number(row.changed_at),
    cardCount: Number(row.cards),
    doneCount: Number(row.done),
  }));
}

/** A board with all its cards in order, or null. */
export async function findBoard(db: Queries, id: string): Promise<Board | null> {
  const board = await db.selectFrom("boards").selectAll().where("id", "=", id).executeTakeFirst();
  if (!board) return null;
  const rows = await selectCards(db).where("cards.board_id", "=", id).orderBy("cards.position").execute();
  const { title, revision } = board;
  return { id, title, revision, changedAt: Number(board.changed_at), cards: rows.map(toCard) };
}

/** A board as an entry in the list. */
export function summaryOf({ id, title, revision, changedAt, cards }: Board): BoardSummary {
  const doneCount = cards.filter((card) => card.stage === "done").length;
  return { id, title, revision, changedAt, cardCount: cards.length, doneCount };
}

/** A card of a board, or null. */
export async function findCard(db: Queries, { boardId, id }: { boardId: string; id: string }): Promise<Card | null> {
  const row = await selectCards(db).where("cards.board_id", "=", boardId).where("cards.id", "=", id).executeTakeFirst();
  return row ? toCard(row) : null;
}

function selectCards(db: Queries) {
  return db
    .selectFrom("cards")
    .leftJoin("users", "users.id", "cards.changed_by")
    .select([
      "cards.id",
      "cards.board_id",
      "cards.stage",
      "cards.title",
      "cards.notes",
      "cards.version",
      "cards.changed_at",
      "users.name as changed_by_name",
    ]);
}

type CardRow = Awaited<ReturnType<ReturnType<typeof selectCards>["executeTakeFirstOrThrow"]>>;

function toCard(row: CardRow): Card {
  return {
    id: row.id,
    boardId: row.board_id,
    stage: row.stage,
    title: row.title,
    notes: row.notes,
    version: row.version,
    changedBy: row.changed_by_name,
    changedAt: Number(row.changed_at),
  };
}
