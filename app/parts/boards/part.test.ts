import { fileURLToPath } from "node:url";
import { type Kit, silentLogger } from "buffkit";
import { createUser, logInAs } from "buffkit/testing";
import type { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../app.tsx";
import { addCard, createBoard, saveCard } from "./changes.ts";

let app: Hono;
let kit: Kit;
let cookie: string;
let boardPath: string;
let cardPath: string;

beforeEach(async () => {
  const authSecret = "a-secret-for-tests-of-the-board-0123456789-abcdef";
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const config = { dev: true, log: silentLogger, authSecret, databaseUrl: "sqlite::memory:", migrate: true, root };
  ({ app, kit } = await createApp(config));
  const ann = await createUser(kit, { name: "Ann" });
  cookie = await logInAs(kit, ann);
  const actor = { userId: ann.id, at: 1_000 };
  const boardId = await createBoard(kit.db, "Plans", actor);
  const board = await addCard(kit.db, { boardId, stage: "todo", title: "One", notes: "" }, actor);
  const id = board?.cards[0]?.id ?? "";
  await saveCard(kit.db, { boardId, id, version: 1, title: "One & only", notes: "" }, actor);
  boardPath = `/boards/${boardId}`;
  cardPath = `${boardPath}/cards/${id}`;
});

afterEach(() => kit.close());

const fragment = { "HX-Request": "true", "HX-Request-Type": "partial" };

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return Promise.resolve(app.request(`${kit.appUrl}${path}`, { headers: { cookie, ...headers } }));
}

function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams(fields);
  const sent = { cookie, "Sec-Fetch-Site": "same-origin", ...headers };
  return Promise.resolve(app.request(`${kit.appUrl}${path}`, { method: "POST", body, headers: sent }));
}

describe("the boards", () => {
  it("redirect visitors to the login page", async () => {
    const response = await get(boardPath, { cookie: "" });

    expect(response.status).toBe(303);
    expect(response.headers.get("Location")).toBe(`/login?next=${encodeURIComponent(boardPath)}`);
  });

  it("are closed to users whose address isn't verified", async () => {
    const eve = await createUser(kit, { name: "Eve", isVerified: false });

    const response = await get(boardPath, { cookie: await logInAs(kit, eve) });

    expect(response.status).not.toBe(200);
  });

  it("respond with 404 for a deleted board", async () => {
    expect((await get("/boards/gone")).status).toBe(404);
  });
});

describe("a board", () => {
  it("escapes what people have written on cards", async () => {
    const page = await (await get(boardPath)).text();

    expect(page).toContain("One &amp; only");
  });

  it("accepts a new card from a plain form and redirects to itself", async () => {
    const response = await post(`${boardPath}/cards`, { stage: "doing", title: "Two" });

    expect(response.status).toBe(303);
    expect(response.headers.get("Location")).toBe(boardPath);
    expect(await (await get(boardPath)).text()).toContain("Two");
  });

  it("responds to htmx with the changed column only", async () => {
    const response = await post(`${boardPath}/cards`, { stage: "doing", title: "Two" }, fragment);

    const answer = await response.text();
    expect(response.status).toBe(200);
    expect(answer).toContain('hx-target="#column-doing"');
    expect(answer).not.toContain("<html");
  });

  it("keeps one person's form token out of what everyone receives", async () => {
    const response = await post(`${boardPath}/cards`, { stage: "doing", title: "Two" }, fragment);

    expect(await response.text()).not.toContain("_csrf");
  });

  it("shows the form again when the title is missing", async () => {
    const response = await post(`${boardPath}/cards`, { stage: "doing", title: " " }, fragment);

    expect(response.status).toBe(422);
    expect(response.headers.get("HX-Retarget")).toBe("#add-doing");
    expect(await response.text()).toContain("Enter a title for the card.");
  });
});

describe("a card", () => {
  it("can be moved with a plain form", async () => {
    const response = await post(`${cardPath}/move`, { place: "done" });

    expect(response.status).toBe(303);
    expect(await (await get(boardPath)).text()).toContain("1 of 1 done");
  });

  it("shows both versions when two people save it", async () => {
    const response = await post(cardPath, { version: "1", title: "Mine", notes: "my notes" }, fragment);

    const answer = await response.text();
    expect(response.status).toBe(409);
    expect(answer).toContain("One &amp; only");
    expect(answer).toContain('value="Mine"');
    expect(answer).toContain("my notes");
    expect(answer).toContain('name="version" value="2"');
  });

  it("offers to add the text as a new card when it was deleted in the meantime", async () => {
    await post(`${cardPath}/delete`, {});

    const response = await post(cardPath, { version: "2", title: "Mine", notes: "" }, fragment);

    expect(response.status).toBe(410);
    expect(await response.text()).toContain('value="Mine"');
  });

  it("is edited on a page of its own without JavaScript", async () => {
    const page = await (await get(`${cardPath}/edit`)).text();

    expect(page).toContain("<html");
    expect(page).toContain("hx-ignore");
  });
});
