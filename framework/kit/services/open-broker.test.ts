import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { outsideTransaction } from "../../db/index.ts";
import { createUser, logInAs } from "../../testing/index.ts";
import { createKit } from "../create-kit.ts";

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** An app on a file, where reading does not wait for a transaction, and Ann's cookie. */
async function start() {
  const folder = await mkdtemp(join(tmpdir(), "streams-"));
  closers.push(() => rm(folder, { recursive: true }));
  const app = new Hono();
  const kit = await createKit(app, {
    dev: true,
    authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
    databaseUrl: `sqlite:${join(folder, "app.db")}`,
    log: silentLogger,
    worker: false,
  });
  closers.push(() => kit.close());
  const ann = await createUser(kit, { name: "Ann" });
  const headers = { Cookie: await logInAs(kit, ann), "Sec-Fetch-Site": "same-origin" };
  return { kit, ann, open: () => app.request("/events", { headers }) };
}

describe("the streams of a session that ends", () => {
  it("end when the transaction that ended it commits, and those that came back before it, too", async () => {
    const { kit, ann, open } = await start();
    await open();

    await kit.db.transaction().execute(async () => {
      await kit.auth.disable(ann.id);
      await outsideTransaction(open);
    });

    await vi.waitFor(() => expect(kit.broker.clientCount).toBe(0));
  });
});
