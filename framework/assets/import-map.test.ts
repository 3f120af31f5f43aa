import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderHtml } from "../html/index.ts";
import { createAssets } from "./create-assets.ts";
import { createImportMap, type ImportMapOptions } from "./import-map.tsx";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pins-"));
  for (const path of ["app.js", "vendor/htmx.js", "lib/a.js", "lib/b.js"])
    write(path, `export const name = ${JSON.stringify(path)};`);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function create(options: Partial<ImportMapOptions> & { dev?: boolean } = {}) {
  const { dev = false, ...rest } = options;
  return createImportMap({ assets: createAssets({ roots: [folder], dev }), ...rest });
}

describe("createImportMap", () => {
  it("starts with the default pins whose files exist", () => {
    expect(
      create()
        .list()
        .map((entry) => entry.specifier),
    ).toEqual(["app", "htmx"]);
  });

  it("maps to hashed URLs with integrity in production, and to plain ones in development", () => {
    const production = create().toJSON();
    const development = create({ dev: true }).toJSON();

    expect(production.imports.app).toMatch(/^\/assets\/app\.[0-9a-f]{8}\.js$/);
    expect(production.integrity?.[production.imports.app ?? ""]).toMatch(/^sha384-/);
    expect(development).toEqual({ imports: { app: "/assets/app.js", htmx: "/assets/vendor/htmx.js" } });
  });

  it("pins, replaces and unpins", () => {
    const map = create({ dev: true });

    map.pin("app", "lib/a.js");
    map.pin("b", { to: "lib/b.js", devTo: "/b-dev.js" });

    expect(map.unpin("htmx")).toBe(true);
    expect(map.unpin("htmx")).toBe(false);
    expect(map.toJSON().imports).toEqual({ app: "/assets/lib/a.js", b: "/b-dev.js" });
    expect(map.print()).toBe("app  /assets/lib/a.js\nb    /b-dev.js");
  });

  it("maps relative imports and those under a trailing slash to hashed URLs", () => {
    const map = create({ pins: { "lib/": "lib/" } }).toJSON().imports;

    expect(map["lib/"]).toBe("/assets/lib/");
    expect(map["lib/a.js"]).toMatch(/^\/assets\/lib\/a\.[0-9a-f]{8}\.js$/);
    expect(map["/assets/lib/a.js"]).toBe(map["lib/a.js"]);
  });

  it("groups scoped pins", () => {
    const map = create({ dev: true, pins: { dep: { to: "lib/a.js", scope: "/assets/lib/" } } });

    expect(map.toJSON().scopes).toEqual({ "/assets/lib/": { dep: "/assets/lib/a.js" } });
  });

  it("falls back to the CDN with a warning while the file is missing", () => {
    const warnings: object[] = [];
    const log = { debug() {}, info() {}, error() {}, warn: (facts: object) => void warnings.push(facts) };
    const map = create({ log, pins: { x: { to: "vendor/x.js", cdn: "https://cdn.test/x.js" } } });

    expect(map.toJSON().imports.x).toBe("https://cdn.test/x.js");
    expect(map.cspSources()).toContain("https://cdn.test");
    expect(warnings[0]).toEqual({ specifier: "x", file: "vendor/x.js", url: "https://cdn.test/x.js" });
  });

  it("returns the hash that allows the inline map in a policy, and preloads", async () => {
    const map = create({ pins: { "</script>": { to: "lib/a.js", preload: true } } });
    const html = await renderHtml(map.tag());
    const inline = /<script type="importmap">(.*)<\/script>/.exec(html)?.[1] ?? "";

    expect(map.cspSources()).toEqual([`'sha256-${createHash("sha256").update(inline).digest("base64")}'`]);
    expect(JSON.parse(inline)).toEqual(map.toJSON());
    expect(html).toMatch(/<link rel="modulepreload" href="\/assets\/lib\/a\.[0-9a-f]{8}\.js" integrity="sha384-/);
  });

  it("saves and loads its pins", () => {
    const file = join(folder, "importmap.json");
    const first = create({ file });
    first.pin("a", { to: "lib/a.js", preload: true });
    first.save();

    const second = create({ file });

    expect(second.pins()).toEqual(first.pins());
    expect(JSON.parse(readFileSync(file, "utf8")).pins.a).toEqual({ to: "lib/a.js", preload: true });
  });

  it("loads plain import maps too", () => {
    write("map.json", '{"imports":{"x":"https://cdn.test/x.js"}}');
    const map = create();

    map.load(join(folder, "map.json"));

    expect(map.toJSON().imports.x).toBe("https://cdn.test/x.js");
  });

  it.each([
    ["x", "javascript:alert(1)", /must start with/],
    ["x", "//cdn.test/x.js", /must start with/],
    ["x/", "/x.js", /URL \/x\.js must too/],
    ["", "/x.js", /name is empty/],
  ])("refuses to pin %j to %j", (specifier, to, problem) => {
    expect(() => create().pin(specifier, to)).toThrow(problem);
  });

  it("names the missing file", () => {
    expect(() => create().pin("x", "vendor/none.js")).toThrow(/vendor\/none\.js/);
  });

  it("reports what is wrong with a file", () => {
    write("bad.json", '{"pins":{"x":{"to":1}}}');
    write("broken.json", "{");

    expect(() => create().load(join(folder, "bad.json"))).toThrow(/bad\.json is invalid/);
    expect(() => create().load(join(folder, "broken.json"))).toThrow(/isn't valid JSON/);
  });
});
