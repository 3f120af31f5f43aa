import { copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { databaseFileOf, watchDatabaseFile } from "./watch-database-file.ts";

let folder: string;
let file: string;
let stop: () => void = () => undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "buffkit-database-"));
  file = join(folder, "app.db");
});

afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("watchDatabaseFile", () => {
  it("reports a file that was deleted and one that was replaced, not one that was created or written", async () => {
    const heard: string[] = [];
    stop = watchDatabaseFile(file, (change) => heard.push(change));
    const settled = () => new Promise((resolve) => setTimeout(resolve, 700));

    await settled();
    writeFileSync(file, "1");
    await settled();
    writeFileSync(file, "2");
    await settled();
    expect(heard).toEqual([]);

    copyFileSync(file, `${file}.backup`);
    renameSync(`${file}.backup`, file);
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(["replaced"]);

    rmSync(file);
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(["replaced", "deleted"]);
  });
});

describe("databaseFileOf", () => {
  it("finds the file of a SQLite database, and none for other databases", () => {
    const files = [undefined, "", "sqlite:var/a.db", "sqlite:///srv/a.db", "sqlite::memory:", "postgres://host/a"].map(
      (url) => databaseFileOf(url, "/app"),
    );

    expect(files).toEqual(["/app/data/app.db", "/app/data/app.db", "/app/var/a.db", "/srv/a.db", null, null]);
  });
});
