import type { Selectable, Tables } from "buffkit";
import type { Stage } from "./stages.ts";
import type { Queries } from "./tables.ts";

/** A board, as its page and the list of boards show it. */
export interface Board {
  readonly id: string;
  readonly title: string;
  readonly createdBy: string | null;
  readonly changedAt: number;
  readonly cardCount: number;
  readonly doneCount: number;
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

/** All boards, most recently changed first. */
export async function listBoards(db: Queries): Promise<readonly Board[]> {
  const boards = await db.selectFrom("boards").selectAll().orderBy("changed_at", "desc").execute();
  const counts = await countCards(db).select("board_id").groupBy("board_id").execute();
  const countsOf = new Map(counts.map((row) => [row.board_id, row]));
  return boards.map((row) => toBoard(row, countsOf.get(row.id)));
}

/** A board, or null. */
export async function findBoard(db: Queries, id: string): Promise<Board | null> {
  const board = await db.selectFrom("boards").selectAll().where("id", "=", id).executeTakeFirst();
  return board ? toBoard(board, await countCards(db).where("board_id", "=", id).executeTakeFirst()) : null;
}

/** The cards of a column in order. */
export async function listCards(db: Queries, boardId: string, stage: Stage): Promise<readonly Card[]> {
  const cards = selectCards(db).where("cards.board_id", "=", boardId).where("cards.stage", "=", stage);
  return (await cards.orderBy("cards.position").execute()).map(toCard);
}

/** A card of a board, or null. */
export async function findCard(db: Queries, { boardId, id }: { boardId: string; id: string }): Promise<Card | null> {
  const row = await selectCards(db).where("cards.board_id", "=", boardId).where("cards.id", "=", id).executeTakeFirst();
  return row ? toCard(row) : null;
}

function countCards(db: Queries) {
  return db.selectFrom("cards").select(({ fn }) => [fn.count("id").as("cards"), fn.count("done_at").as("done")]);
}

type BoardRow = Selectable<Tables["boards"]>;
type Counts = Awaited<ReturnType<ReturnType<typeof countCards>["executeTakeFirstOrThrow"]>>;

function toBoard({ id, title, created_by, changed_at }: BoardRow, counts?: Counts): Board {
  return {
    ...{ id, title, createdBy: created_by, changedAt: Number(changed_at) },
    cardCount: Number(counts?.cards ?? 0),
    doneCount: Number(counts?.done ?? 0),
  };
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
