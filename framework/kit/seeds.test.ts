import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { createKit } from "./create-kit.ts";
import type { Kit } from "./kit.ts";
import { runSeeds } from "./seeds.ts";
import type { Config } from "./settings/config.ts";

describe("runSeeds", () => {
  let folder: string;
  const opened: Kit[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "buffkit-seeds-"));
  });

  afterEach(async () => {
    for (const kit of opened.splice(0)) await kit.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(config: Config = {}): Promise<Kit> {
    const base = { databaseUrl: "sqlite::memory:", log: silentLogger, worker: false };
    const kit = await createKit(new Hono(), {
      ...base,
      dev: true,
      authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
      ...config,
    });
    opened.push(kit);
    return kit;
  }

  const write = (name: string, body: string) => writeFile(join(folder, name), body);
  const addUser = (name: string) =>
    `export const seed = async ({ auth }) => { await auth.addUser({ email: "${name}@example.com", name: "${name}" }); };`;
  const names = async (kit: Kit) =>
    (await kit.db.selectFrom("users").select("name").orderBy("created_at").execute()).map(({ name }) => name);

  it("runs every file in order of their names, and can run again", async () => {
    const kit = await open();
    await write("0002_bo.mjs", addUser("Bo"));
    await write("0001_ann.mjs", addUser("Ann"));
    await write("notes.md", "no seed");

    const first = await runSeeds(kit, { folder });
    const second = await runSeeds(kit, { folder });

    expect([first, second]).toEqual([
      ["0001_ann", "0002_bo"],
      ["0001_ann", "0002_bo"],
    ]);
    expect((await names(kit)).sort()).toEqual(["Ann", "Bo"]);
  });

  it("runs a single file", async () => {
    const kit = await open();
    await write("0001_ann.mjs", addUser("Ann"));
    await write("0002_bo.mjs", addUser("Bo"));

    expect(await runSeeds(kit, { folder, only: "0002_bo" })).toEqual(["0002_bo"]);
    expect(await names(kit)).toEqual(["Bo"]);
  });

  it("rolls back a seed that fails halfway", async () => {
    const kit = await open();
    await write("0001_ann.mjs", `${addUser("Ann").replace("};", " throw new Error('halfway'); };")}`);

    await expect(runSeeds(kit, { folder })).rejects.toThrow("halfway");
    expect(await names(kit)).toEqual([]);
  });

  it("refuses to run in production unless forced", async () => {
    const kit = await open({ dev: false, appUrl: "https://app.example", mail: "log" });
    await write("0001_ann.mjs", addUser("Ann"));

    await expect(runSeeds(kit, { folder })).rejects.toThrow(
      expect.objectContaining({ code: "KIT_SEEDS_IN_PRODUCTION" }),
    );
    expect(await runSeeds(kit, { folder, force: true })).toEqual(["0001_ann"]);
  });

  it("says which file doesn't export a seed", async () => {
    const kit = await open();
    await write("0001_ann.mjs", "export const sead = 1;");

    await expect(runSeeds(kit, { folder })).rejects.toThrow(expect.objectContaining({ code: "KIT_SEED_UNREADABLE" }));
  });
});
