import { fileURLToPath } from "node:url";
import { type Kit, silentLogger } from "buffkit";
import { createUser } from "buffkit/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../app.tsx";
import {
  type Actor,
  addCard,
  createBoard,
  deleteBoard,
  deleteCard,
  moveCard,
  renameBoard,
  saveCard,
} from "./changes.ts";
import { type Board, type BoardSummary, findBoard, listBoards, summaryOf } from "./queries.ts";
import type { Stage } from "./stages.ts";

let kit: Kit;
let ann: Actor;
let boardId: string;

beforeEach(async () => {
  const secret = "a-secret-for-tests-of-the-board-0123456789-abcdef";
  const root = fileURLToPath(new URL("../..", import.meta.url));
  ({ kit } = await createApp({
    dev: true,
    log: silentLogger,
    authSecret: secret,
    databaseUrl: "sqlite::memory:",
    migrate: true,
    root,
  }));
  ann = { userId: (await createUser(kit, { name: "Ann" })).id, at: 1_000 };
  boardId = await createBoard(kit.db, "Plans", ann);
});

afterEach(() => kit.close());

async function add(title: string, stage: Stage = "todo"): Promise<Board> {
  const board = await addCard(kit.db, { boardId, stage, title, notes: "" }, ann);
  if (!board) throw new RangeError("the board is gone");
  return board;
}

async function summary(): Promise<BoardSummary | undefined> {
  return (await listBoards(kit.db)).find(({ id }) => id === boardId);
}

function titles(board: Board | null, stage: Stage): string[] {
  return (board?.cards ?? []).filter((card) => card.stage === stage).map((card) => card.title);
}

function idOf(board: Board, title: string): string {
  return board.cards.find((card) => card.title === title)?.id ?? "";
}

describe("addCard", () => {
  it("adds the card at the end of its column, with the author's name", async () => {
    await add("one");

    const board = await add("two");

    expect(titles(board, "todo")).toEqual(["one", "two"]);
    expect(board.cards[0]?.changedBy).toBe("Ann");
  });

  it("returns null for a deleted board", async () => {
    await deleteBoard(kit.db, boardId);

    expect(await addCard(kit.db, { boardId, stage: "todo", title: "late", notes: "" }, ann)).toBeNull();
  });
});

describe("moveCard", () => {
  it("moves a card to the end of another column", async () => {
    await add("busy", "doing");
    const board = await add("one");

    const moved = await moveCard(kit.db, { boardId, id: idOf(board, "one"), stage: "doing" }, ann);

    expect(titles(moved, "doing")).toEqual(["busy", "one"]);
    expect(titles(moved, "todo")).toEqual([]);
  });

  it("moves a card before another one in its column", async () => {
    await add("one");
    await add("two");
    const board = await add("three");

    const place = { stage: "todo", beforeId: idOf(board, "two") } as const;
    const moved = await moveCard(kit.db, { boardId, id: idOf(board, "three"), ...place }, ann);

    expect(titles(moved, "todo")).toEqual(["one", "three", "two"]);
  });

  it("counts a card as done while it is in the last column", async () => {
    const board = await add("one");
    const id = idOf(board, "one");

    await moveCard(kit.db, { boardId, id, stage: "done" }, ann);
    const done = await summary();
    await moveCard(kit.db, { boardId, id, stage: "todo" }, ann);
    const reopened = await summary();

    expect(done?.doneCount).toBe(1);
    expect(reopened?.doneCount).toBe(0);
  });

  it("does nothing when the card was deleted", async () => {
    await add("one");

    const board = await moveCard(kit.db, { boardId, id: "gone", stage: "done" }, ann);

    expect(titles(board, "todo")).toEqual(["one"]);
  });
});

describe("saveCard", () => {
  it("saves the text and increments the version", async () => {
    const id = idOf(await add("one"), "one");

    const result = await saveCard(kit.db, { boardId, id, version: 1, title: "first", notes: "more" }, ann);

    expect(result).toMatchObject({ ok: true, board: { cards: [{ title: "first", notes: "more", version: 2 }] } });
  });

  it("rejects an edit that started before someone else saved", async () => {
    const id = idOf(await add("one"), "one");
    await saveCard(kit.db, { boardId, id, version: 1, title: "theirs", notes: "" }, ann);

    const result = await saveCard(kit.db, { boardId, id, version: 1, title: "mine", notes: "" }, ann);

    expect(result).toEqual({ ok: false, reason: "changed" });
    expect(titles(await findBoard(kit.db, boardId), "todo")).toEqual(["theirs"]);
  });

  it("keeps the version when the card is only moved", async () => {
    const id = idOf(await add("one"), "one");
    await moveCard(kit.db, { boardId, id, stage: "doing" }, ann);

    const result = await saveCard(kit.db, { boardId, id, version: 1, title: "mine", notes: "" }, ann);

    expect(result.ok).toBe(true);
  });

  it("reports that the card was deleted", async () => {
    const id = idOf(await add("one"), "one");
    await deleteCard(kit.db, { boardId, id }, ann);

    const result = await saveCard(kit.db, { boardId, id, version: 1, title: "mine", notes: "" }, ann);

    expect(result).toEqual({ ok: false, reason: "gone" });
  });
});

describe("a board", () => {
  it("increments its revision with every change", async () => {
    const first = await add("one");

    const second = await renameBoard(kit.db, { id: boardId, title: "Better plans" }, ann);

    expect(second?.revision).toBe(first.revision + 1);
    expect(second?.title).toBe("Better plans");
  });

  it("has the same summary in the list and on its own", async () => {
    await add("one");
    const board = await add("two", "done");

    expect(await summary()).toEqual(summaryOf(board));
  });

  it("is deleted with its cards", async () => {
    await add("one");

    await deleteBoard(kit.db, boardId);

    expect(await kit.db.selectFrom("cards").selectAll().where("board_id", "=", boardId).execute()).toEqual([]);
  });
});
