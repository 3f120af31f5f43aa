import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { CamelCasePlugin } from "../db/index.ts";
import { createKit } from "./create-kit.ts";
import type { Kit } from "./kit.ts";

let kit: Kit;
let statements: string[];

beforeEach(async () => {
  statements = [];
  kit = await createKit(new Hono(), {
    dev: true,
    authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
    databaseUrl: "sqlite::memory:",
    database: { plugins: [new CamelCasePlugin()], onQuery: ({ query }) => void statements.push(query.sql) },
    log: silentLogger,
    worker: false,
  });
});

afterEach(() => kit.close());

const ann = { email: "ann@example.com", name: "Ann", password: "correct horse battery" };

describe("config.database", () => {
  it("gives the app's queries plugins, and lets the framework's own do without", async () => {
    const added = await kit.auth.addUser(ann);

    const rows = await kit.db.selectFrom("users").selectAll().execute();

    expect(added).toMatchObject({ ok: true });
    expect(rows).toMatchObject([{ email: ann.email, passwordHash: expect.any(String) }]);
    expect(await kit.auth.users.findByEmail(ann.email)).toMatchObject({ name: "Ann", disabledAt: null });
  });

  it("keeps the framework's queries in the app's transactions", async () => {
    const failing = kit.db.transaction().execute(async () => {
      await kit.auth.addUser(ann);
      throw new RangeError("no");
    });

    await expect(failing).rejects.toThrow(RangeError);
    expect(await kit.auth.users.findByEmail(ann.email)).toBeNull();
  });

  it("reports all statements", async () => {
    statements.length = 0;

    await kit.db.transaction().execute((trx) => trx.deleteFrom("users").execute());

    expect(statements).toEqual(["begin immediate", 'delete from "users"', "commit"]);
  });
});
