import { fileURLToPath } from "node:url";
import { createTestKit, type TestKit } from "buffkit/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../app.tsx";
import type { Actor } from "./actor.ts";
import { createBoard, deleteBoard, renameBoard } from "./board-changes.tsx";
import { addCard, deleteCard, moveCard, saveCard } from "./card-changes.tsx";
import { type Board, type BoardSummary, findBoard, listBoards, summaryOf } from "./queries.ts";
import type { Stage } from "./stages.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

let test: TestKit;
let kit: TestKit["kit"];
let ann: Actor;
let boardId: string;

beforeEach(async () => {
  test = await createTestKit(createApp, { root });
  kit = test.kit;
  const { id, name } = await test.createUser({ name: "Ann" });
  ann = { userId: id, name, at: 1_000 };
  boardId = await createBoard(kit, "Plans", ann);
});

afterEach(() => test.close());

async function add(title: string, stage: Stage = "todo"): Promise<Board> {
  const board = await addCard(kit, { boardId, stage, title, notes: "" }, ann);
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
    await deleteBoard(kit, { id: boardId, title: "Plans" }, ann);

    expect(await addCard(kit, { boardId, stage: "todo", title: "late", notes: "" }, ann)).toBeNull();
  });
});

describe("moveCard", () => {
  it("moves a card to the end of another column", async () => {
    await add("busy", "doing");
    const board = await add("one");

    const moved = await moveCard(kit, { boardId, id: idOf(board, "one"), stage: "doing" }, ann);

    expect(titles(moved, "doing")).toEqual(["busy", "one"]);
    expect(titles(moved, "todo")).toEqual([]);
  });

  it("moves a card before another one in its column", async () => {
    await add("one");
    await add("two");
    const board = await add("three");

    const place = { stage: "todo", beforeId: idOf(board, "two") } as const;
    const moved = await moveCard(kit, { boardId, id: idOf(board, "three"), ...place }, ann);

    expect(titles(moved, "todo")).toEqual(["one", "three", "two"]);
  });

  it("counts a card as done while it is in the last column", async () => {
    const board = await add("one");
    const id = idOf(board, "one");

    await moveCard(kit, { boardId, id, stage: "done" }, ann);
    const done = await summary();
    await moveCard(kit, { boardId, id, stage: "todo" }, ann);
    const reopened = await summary();

    expect(done?.doneCount).toBe(1);
    expect(reopened?.doneCount).toBe(0);
  });

  it("does nothing when the card was deleted", async () => {
    await add("one");

    const board = await moveCard(kit, { boardId, id: "gone", stage: "done" }, ann);

    expect(titles(board, "todo")).toEqual(["one"]);
  });
});

describe("saveCard", () => {
  it("saves the text and increments the version", async () => {
    const id = idOf(await add("one"), "one");

    const result = await saveCard(kit, { boardId, id, version: 1, title: "first", notes: "more" }, ann);

    expect(result).toBe("saved");
    expect(await findBoard(kit.db, boardId)).toMatchObject({ cards: [{ title: "first", notes: "more", version: 2 }] });
  });

  it("rejects an edit that started before someone else saved", async () => {
    const id = idOf(await add("one"), "one");
    await saveCard(kit, { boardId, id, version: 1, title: "theirs", notes: "" }, ann);

    const result = await saveCard(kit, { boardId, id, version: 1, title: "mine", notes: "" }, ann);

    expect(result).toBe("changed");
    expect(titles(await findBoard(kit.db, boardId), "todo")).toEqual(["theirs"]);
  });

  it("keeps the version when the card is only moved", async () => {
    const id = idOf(await add("one"), "one");
    await moveCard(kit, { boardId, id, stage: "doing" }, ann);

    const result = await saveCard(kit, { boardId, id, version: 1, title: "mine", notes: "" }, ann);

    expect(result).toBe("saved");
  });

  it("reports that the card was deleted", async () => {
    const id = idOf(await add("one"), "one");
    await deleteCard(kit, { boardId, id, stage: "todo" }, ann);

    const result = await saveCard(kit, { boardId, id, version: 1, title: "mine", notes: "" }, ann);

    expect(result).toBe("gone");
  });
});

describe("a board", () => {
  it("increments its revision with every change", async () => {
    const first = await add("one");

    const second = await renameBoard(kit, { id: boardId, title: "Better plans" }, ann);

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

    await deleteBoard(kit, { id: boardId, title: "Plans" }, ann);

    expect(await kit.db.selectFrom("cards").selectAll().where("board_id", "=", boardId).execute()).toEqual([]);
  });
});

describe("a change that fails", () => {
  it("isn't shown on any page", async () => {
    const page = await test.client.as(await test.createUser({ name: "Bob" })).listen([`board:${boardId}`]);

    const change = kit.db.transaction().execute(async () => {
      await addCard(kit, { boardId, stage: "todo", title: "lost", notes: "" }, ann);
      throw new RangeError("too late");
    });

    await expect(change).rejects.toThrow("too late");
    await add("kept");
    expect((await page.next()).data).not.toContain("lost");
  });
});
