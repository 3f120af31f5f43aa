import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { silentLogger } from "../base/index.ts";
import { everybody } from "../sse/index.ts";
import { createGate } from "../test-support/create-gate.ts";
import { createKit } from "./create-kit.ts";
import type { Kit } from "./kit.ts";

let kit: Kit;

beforeEach(async () => {
  kit = await createKit(new Hono(), {
    dev: true,
    authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
    databaseUrl: "sqlite::memory:",
    log: silentLogger,
    worker: false,
  });
  kit.jobs.define("sweep", { schema: z.object({}), handler: async () => undefined });
});

afterEach(() => kit.close());

/** Starts the work in a transaction, and lets it go on after its end. */
async function startedInside(work: () => Promise<unknown>, end: "commit" | "rollback"): Promise<unknown> {
  const gate = createGate();
  const late: Promise<unknown>[] = [];
  const transaction = kit.db.transaction().execute(async () => {
    late.push(gate.opened.then(work));
    if (end === "rollback") throw new RangeError("no");
  });
  await transaction.catch(() => undefined);
  const outcome = late[0]?.then(
    () => "done",
    (error: { readonly code?: string }) => error.code,
  );
  gate.open();
  return await outcome;
}

describe("work that outlives its transaction", () => {
  it("is refused by name: a query, a broadcast, a mail and a job", async () => {
    const works = {
      query: () => kit.db.selectFrom("users").selectAll().execute(),
      broadcast: () => kit.broker.broadcast("late", "", { to: everybody }),
      mail: () => kit.mail.sendLater({ to: "ann@example.com", subject: "Late", text: "Late" }),
      job: () => kit.jobs.enqueue("sweep", {}),
      account: () => kit.auth.addUser({ email: "late@example.com", name: "Late" }),
    };
    const names = Object.keys(works);

    const afterCommit = await Promise.all(Object.values(works).map((work) => startedInside(work, "commit")));
    const afterRollback = await Promise.all(Object.values(works).map((work) => startedInside(work, "rollback")));

    expect(afterCommit).toEqual(names.map(() => "DB_TRANSACTION_ENDED"));
    expect(afterRollback).toEqual(names.map(() => "DB_TRANSACTION_ENDED"));
    expect(await kit.db.selectFrom("users").select("id").execute()).toEqual([]);
    expect((await kit.jobs.stats()).totals.ready).toBe(0);
  });
});
