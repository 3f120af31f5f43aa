import { fileURLToPath } from "node:url";
import { createTestKit, type TestClient, type TestEvents, type TestKit } from "buffkit/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../app.tsx";
import { createBoard } from "./board-changes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

let test: TestKit;
let ann: TestClient;
let bob: TestClient;
let path: string;

beforeEach(async () => {
  test = await createTestKit(createApp, { root });
  const owner = await test.createUser({ name: "Ann" });
  ann = test.client.as(owner);
  bob = test.client.as(await test.createUser({ name: "Bob" }));
  path = `/boards/${await createBoard(test.kit, "Plans", { userId: owner.id, name: "Ann", at: 1_000 })}`;
});

afterEach(() => test.close());

/** Everything that a page is sent, byte by byte, until it has this text. */
async function newsUntil(page: TestEvents, text: string): Promise<string> {
  let news = "";
  while (!news.includes(text)) news += (await page.next()).data;
  return news;
}

describe("the owner of a board", () => {
  it("can rename it, and everyone sees the new name", async () => {
    await bob.get(path);
    const page = await bob.listen();

    await ann.submit(`${path}/edit`, { title: "Better plans" });

    await newsUntil(page, "Better plans");
  });

  it("can delete it, and everyone is told", async () => {
    await bob.get(path);
    const page = await bob.listen();

    await ann.submit(`${path}/delete`);

    await newsUntil(page, "This board was deleted.");
  });
});

describe("a member of a board", () => {
  it("never gets the owner's menu, neither in the page nor in what the page is sent", async () => {
    const pages = [await ann.get(path), await bob.get(path)];
    await test.kit.db.updateTable("boards").set({ title: "While away" }).execute();
    const [owners, members] = [await ann.listen(), await bob.listen()];

    const news = [await newsUntil(owners, "While away"), await newsUntil(members, "While away")];

    for (const [owner, member] of [pages.map(({ text }) => text), news]) {
      expect(owner).toContain(`${path}/delete`);
      expect(member).not.toContain(`${path}/delete`);
      expect(member).not.toContain("board-menu");
    }
  });

  it("can't rename or delete it", async () => {
    for (const action of ["edit", "delete"]) {
      await bob.get(`${path}/${action}`, { status: 403 });
      await bob.post(`${path}/${action}`, { title: "Mine" }, { status: 403 });
    }

    expect((await bob.get(path)).text).toContain("Plans");
  });
});
