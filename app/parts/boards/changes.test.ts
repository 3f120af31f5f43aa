import { fileURLToPath } from "node:url";
import { createTestKit, type TestKit } from "buffkit/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../app.tsx";
import type { Actor } from "./actor.ts";
import { createBoard, deleteBoard, renameBoard } from "./board-changes.ts";
import { addCard, deleteCard, moveCard, saveCard } from "./card-changes.ts";
import { findBoard, listBoards, listCards } from "./queries.ts";
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

/** Adds a card and returns its id. */
async function add(title: string, stage: Stage = "todo"): Promise<string> {
  const id = await addCard(kit, { boardId, stage, title, notes: "" }, ann);
  if (id === null) throw new RangeError("the board is gone");
  return id;
}

async function titles(stage: Stage): Promise<string[]> {
  return (await listCards(kit.db, boardId, stage)).map((card) => card.title);
}

describe("addCard", () => {
  it("adds the card at the end of its column, with the author's name", async () => {
    await add("one");

    await add("two");

    expect(await titles("todo")).toEqual(["one", "two"]);
    expect((await listCards(kit.db, boardId, "todo"))[0]?.changedBy).toBe("Ann");
  });

  it("returns null for a deleted board", async () => {
    await deleteBoard(kit, boardId);

    expect(await addCard(kit, { boardId, stage: "todo", title: "late", notes: "" }, ann)).toBeNull();
  });
});

describe("moveCard", () => {
  it("moves a card to the end of another column", async () => {
    await add("busy", "doing");
    const id = await add("one");

    await moveCard(kit, { boardId, id, stage: "doing" }, ann);

    expect(await titles("doing")).toEqual(["busy", "one"]);
    expect(await titles("todo")).toEqual([]);
  });

  it("moves a card before another one in its column", async () => {
    await add("one");
    const beforeId = await add("two");
    const id = await add("three");

    await moveCard(kit, { boardId, id, stage: "todo", beforeId }, ann);

    expect(await titles("todo")).toEqual(["one", "three", "two"]);
  });

  it("moves a card one step, and no further than to the ends of its column", async () => {
    const one = await add("one");
    await add("two");
    await add("three");

    await moveCard(kit, { boardId, id: one, step: -1 }, ann);
    expect(await titles("todo")).toEqual(["one", "two", "three"]);

    await moveCard(kit, { boardId, id: one, step: 1 }, ann);
    expect(await titles("todo")).toEqual(["two", "one", "three"]);

    await moveCard(kit, { boardId, id: one, step: 1 }, ann);
    await moveCard(kit, { boardId, id: one, step: 1 }, ann);
    expect(await titles("todo")).toEqual(["two", "three", "one"]);
  });

  it("counts a card as done while it is in the last column", async () => {
    const id = await add("one");

    await moveCard(kit, { boardId, id, stage: "done" }, ann);
    const done = await findBoard(kit.db, boardId);
    await moveCard(kit, { boardId, id, stage: "todo" }, ann);
    const reopened = await findBoard(kit.db, boardId);

    expect(done?.doneCount).toBe(1);
    expect(reopened?.doneCount).toBe(0);
  });

  it("does nothing when the card was deleted", async () => {
    await add("one");

    await moveCard(kit, { boardId, id: "gone", stage: "done" }, ann);

    expect(await titles("todo")).toEqual(["one"]);
  });
});

describe("saveCard", () => {
  it("saves the text and increments the version", async () => {
    const id = await add("one");

    const result = await saveCard(kit, { boardId, id, version: 1, title: "first", notes: "more" }, ann);

    expect(result).toBe("saved");
    expect(await listCards(kit.db, boardId, "todo")).toMatchObject([{ title: "first", notes: "more", version: 2 }]);
  });

  it("rejects an edit that started before someone else saved", async () => {
    const id = await add("one");
    await saveCard(kit, { boardId, id, version: 1, title: "theirs", notes: "" }, ann);

    const result = await saveCard(kit, { boardId, id, version: 1, title: "mine", notes: "" }, ann);

    expect(result).toBe("changed");
    expect(await titles("todo")).toEqual(["theirs"]);
  });

  it("keeps the version when the card is only moved", async () => {
    const id = await add("one");
    await moveCard(kit, { boardId, id, stage: "doing" }, ann);

    const result = await saveCard(kit, { boardId, id, version: 1, title: "mine", notes: "" }, ann);

    expect(result).toBe("saved");
  });

  it("reports that the card was deleted", async () => {
    const id = await add("one");
    await deleteCard(kit, { boardId, id }, ann);

    const result = await saveCard(kit, { boardId, id, version: 1, title: "mine", notes: "" }, ann);

    expect(result).toBe("gone");
  });
});

describe("a board", () => {
  it("can be renamed", async () => {
    await renameBoard(kit, { id: boardId, title: "Better plans" }, ann);

    expect((await findBoard(kit.db, boardId))?.title).toBe("Better plans");
  });

  it("has the same counts in the list and on its own", async () => {
    await add("one");
    await add("two", "done");

    const board = await findBoard(kit.db, boardId);

    expect(board).toMatchObject({ title: "Plans", cardCount: 2, doneCount: 1 });
    expect(await listBoards(kit.db)).toEqual([board]);
  });

  it("is deleted with its cards", async () => {
    await add("one");

    await deleteBoard(kit, boardId);

    expect(await kit.db.selectFrom("cards").selectAll().where("board_id", "=", boardId).execute()).toEqual([]);
  });
});

describe("a change that fails", () => {
  it("isn't shown on any page", async () => {
    const bob = test.client.as(await test.createUser({ name: "Bob" }));
    await bob.get(`/boards/${boardId}`);
    const page = await bob.listen();

    const change = kit.db.transaction().execute(async () => {
      await addCard(kit, { boardId, stage: "todo", title: "lost", notes: "" }, ann);
      throw new RangeError("too late");
    });

    await expect(change).rejects.toThrow("too late");
    await add("kept");
    let news = "";
    while (!news.includes("kept")) news += (await page.next()).data;
    expect(news).not.toContain("lost");
  });
});
