import { fileURLToPath } from "node:url";
import type { User } from "buffkit";
import { createTestKit, type TestClient, type TestEvents, type TestKit } from "buffkit/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../app.tsx";
import { createBoard } from "./board-changes.ts";
import { addCard, saveCard } from "./card-changes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

let test: TestKit;
let ann: User;
let client: TestClient;
let boardId: string;
let boardPath: string;
let cardPath: string;

beforeEach(async () => {
  test = await createTestKit(createApp, { root });
  const { kit } = test;
  ann = await test.createUser({ name: "Ann" });
  client = test.client.as(ann);
  const actor = { userId: ann.id, name: ann.name, at: 1_000 };
  boardId = await createBoard(kit, "Plans", actor);
  const id = (await addCard(kit, { boardId, stage: "todo", title: "One", notes: "" }, actor)) ?? "";
  await saveCard(kit, { boardId, id, version: 1, title: "One & only", notes: "" }, actor);
  boardPath = `/boards/${boardId}`;
  cardPath = `${boardPath}/cards/${id}`;
});

afterEach(() => test.close());

/** What a page is sent until it has this text. */
async function newsUntil(page: TestEvents, text: string): Promise<string> {
  let news = "";
  while (!news.includes(text)) news += (await page.next()).data;
  return news;
}

describe("the boards", () => {
  it("redirect visitors to the login page", async () => {
    const page = await test.client.get(boardPath);

    expect(page.path).toBe(`/login?next=${encodeURIComponent(boardPath)}`);
  });

  it("are closed to users whose address isn't verified", async () => {
    const eve = await test.createUser({ name: "Eve", isVerified: false });

    const page = await test.client.as(eve).get(boardPath);

    expect(page.path).toMatch(/^\/verify-email/);
    await expect(test.client.as(eve).listen([`board:${boardId}`])).rejects.toThrow();
  });

  it("respond with 404 for a deleted board", async () => {
    await client.get("/boards/gone", { status: 404 });
  });
});

describe("a board", () => {
  it("escapes what people have written on cards", async () => {
    expect((await client.get(boardPath)).text).toContain("One &amp; only");
  });

  it("shows a new card on every open page, after the change was saved", async () => {
    const bob = test.client.as(await test.createUser({ name: "Bob" }));
    await bob.get(boardPath);
    const page = await bob.listen();
    await bob.get("/boards");
    const list = await bob.listen();

    await client.submit(boardPath, { stage: "doing", title: "Two" });

    await newsUntil(page, "Two");
    await newsUntil(list, "0 of 2 done");
  });

  it("says how many people have it open, once there are several", async () => {
    const bob = test.client.as(await test.createUser({ name: "Bob" }));
    for (const other of [client, bob]) await other.get(boardPath);
    const page = await client.listen([`board:${boardId}`]);

    await bob.listen([`board:${boardId}`]);

    await newsUntil(page, "2 people here");
    expect((await client.get(boardPath)).text).toContain("2 people here");
  });

  it("takes a new card from a plain form, and leads back to the board", async () => {
    const page = await client.submit(boardPath, { stage: "doing", title: "Two" });

    expect(page.path).toBe(boardPath);
    expect(page.text).toContain("Two");
  });

  it("keeps one person's form token out of what everyone receives", async () => {
    await client.get(boardPath);
    const page = await client.listen();

    await client.submit(boardPath, { stage: "doing", title: "Two" });

    expect(await newsUntil(page, "Two")).not.toContain("_csrf");
  });

  it("sends open pages a new card, and not the others again", async () => {
    for (const title of ["Two", "Three", "Four"]) await client.submit(boardPath, { stage: "doing", title });
    await client.get(boardPath);
    const page = await client.listen();

    await client.submit(boardPath, { stage: "doing", title: "Five" });

    const news = await newsUntil(page, "Five");
    expect(news).not.toContain("Four");
  });

  it("shows the form again when the title is missing", async () => {
    const page = await client.submit(boardPath, { stage: "doing", title: " " });

    expect(page.text).toContain("Enter a title for the card.");
  });
});

describe("a card", () => {
  it("can be moved with a plain form", async () => {
    const page = await client.submit(boardPath, { place: "done" }, { action: `${cardPath}/move` });

    expect(page.text).toContain("1 of 1 done");
  });

  it("shows both versions when two people save it", async () => {
    const page = await client.post(cardPath, { version: 1, title: "Mine", notes: "my notes" }, { status: 422 });

    expect(page.text).toContain("One &amp; only");
    expect(page.text).toContain('value="Mine"');
    expect(page.text).toContain("my notes");
    expect(page.text).toContain('name="version" value="2"');
  });

  it("offers to add the text as a new card when it was deleted in the meantime", async () => {
    await client.submit(`${cardPath}/delete`);

    const page = await client.post(cardPath, { version: 2, title: "Mine", notes: "" }, { status: 422 });

    expect(page.text).toContain('value="Mine"');
    expect(page.text).toContain('name="version" value="0"');
  });

  it("is added again from the text that was left of a deleted one", async () => {
    await client.submit(`${cardPath}/delete`);

    await client.post(cardPath, { version: 0, title: "Mine", notes: "" });

    expect((await client.get(boardPath)).text).toContain("Mine");
  });

  it("is edited on a page of its own without JavaScript", async () => {
    const page = await client.submit(`${cardPath}/edit`, { title: "Better" });

    expect(page.path).toBe(boardPath);
    expect(page.text).toContain("Better");
  });
});
