import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { outsideTransaction } from "../../db/index.ts";
import { createUser, logInAs } from "../../testing/index.ts";
import { createKit } from "../create-kit.ts";

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of cleanups.splice(0).reverse()) await close();
});

/** An app on an SQLite file, where reads don't wait for a transaction, and a user's session cookie. */
async function start() {
  const folder = await mkdtemp(join(tmpdir(), "streams-"));
  cleanups.push(() => rm(folder, { recursive: true }));
  const app = new Hono();
  const kit = await createKit(app, {
    dev: true,
    authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
    databaseUrl: `sqlite:${join(folder, "app.db")}`,
    log: silentLogger,
    worker: false,
  });
  cleanups.push(() => kit.close());
  const ann = await createUser(kit, { name: "Ann" });
  const headers = { Cookie: await logInAs(kit, ann), "Sec-Fetch-Site": "same-origin" };
  return { kit, ann, open: () => app.request("/events", { headers }) };
}

describe("the streams of an ended session", () => {
  it("end when the transaction that ended the session commits, even those that reconnected before the commit", async () => {
    const { kit, ann, open } = await start();
    await open();

    await kit.db.transaction().execute(async () => {
      await kit.auth.disable(ann.id);
      await outsideTransaction(open);
    });

    await vi.waitFor(() => expect(kit.broker.clientCount).toBe(0));
  });
});
