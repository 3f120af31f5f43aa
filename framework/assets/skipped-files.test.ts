import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { createAssets } from "./create-assets.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "skipped-"));
  mkdirSync(join(folder, "public"));
  writeFileSync(join(folder, "secret.txt"), "x");
  writeFileSync(join(folder, "public/a.txt"), "x");
  symlinkSync(join(folder, "secret.txt"), join(folder, "public/link.txt"));
  symlinkSync(join(folder, "nowhere.txt"), join(folder, "public/gone.txt"));
  symlinkSync(join(folder, "public/a.txt"), join(folder, "public/inside.txt"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(options: { readonly dev: boolean }) {
  const lines: object[] = [];
  const log = { ...silentLogger, warn: (facts: object) => void lines.push(facts) };
  const assets = createAssets({ ...options, roots: [join(folder, "public")], log });
  return { lines, app: new Hono().use(assets.middleware()) };
}

describe("a link in a public folder", () => {
  const outside = () => ({ file: join(folder, "public/link.txt"), reason: expect.stringContaining("outside") });
  const broken = () => ({ file: join(folder, "public/gone.txt"), reason: expect.stringContaining("ENOENT") });

  it("that leads outside of it or nowhere is named in the log at the start, and not for each request", async () => {
    const { lines, app } = start({ dev: false });

    const statuses = [await app.request("/link.txt"), await app.request("/link.txt")].map(({ status }) => status);

    expect(statuses).toEqual([404, 404]);
    expect(lines).toEqual([broken(), outside()]);
  });

  it("that is added in development is named once it's asked for", async () => {
    const { lines, app } = start({ dev: true });
    symlinkSync(join(folder, "secret.txt"), join(folder, "public/new.txt"));
    lines.length = 0;

    for (const path of ["/new.txt", "/new.txt", "/missing.txt", "/a.txt/b.txt", "/inside.txt"]) await app.request(path);

    expect(lines).toEqual([{ ...outside(), file: join(folder, "public/new.txt") }]);
  });
});
