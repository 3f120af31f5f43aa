import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAssets } from "./create-assets.ts";
import { downloadModule } from "./download-module.ts";
import { createImportMap } from "./import-map.tsx";
import { isModule, moduleImports } from "./module-imports.ts";
import { cleanVendored, syncVendored, vendorModules } from "./vendor-modules.ts";

let project = "";
let publicFolder = "";

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "vendor-"));
  publicFolder = join(project, "public");
  addPackage(
    "one",
    { version: "1.0.0", exports: { ".": { types: "./a.d.ts", require: "./a.cjs", import: "./a.js" } } },
    { "a.js": "export const a = 1;" },
  );
  addPackage(
    "@scope/tree",
    { version: "2.0.0", module: "src/index.js" },
    {
      "src/index.js": 'import { x } from "./x.js";\nimport one from "one";\nexport * from "./deep/y.js";',
      "src/x.js": "export const x = 1;",
      "src/deep/y.js": 'export { x } from "../x.js";',
    },
  );
  addPackage("old", { version: "1.0.0", main: "index.js" }, { "index.js": "module.exports = 1;" });
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function addPackage(name: string, manifest: object, files: Record<string, string>) {
  const folder = join(project, "node_modules", name);
  for (const [path, text] of Object.entries({ ...files, "package.json": JSON.stringify(manifest) })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function vendor(...specifiers: string[]) {
  return vendorModules(specifiers, { project, publicFolder });
}

function vendored(): string[] {
  return readdirSync(join(publicFolder, "vendor"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".js"))
    .sort();
}

describe("vendorModules", () => {
  it("copies a single file under a name with its hash", () => {
    const pins = vendor("one");

    expect(pins.one?.to).toMatch(/^vendor\/one\.[0-9a-f]{8}\.js$/);
    expect(readFileSync(join(publicFolder, pins.one?.to ?? ""), "utf8")).toBe("export const a = 1;");
  });

  it("copies a module of several files with its tree, and the packages it imports", () => {
    const pins = vendor("@scope/tree");

    expect(Object.keys(pins).sort()).toEqual(["@scope/tree", "one"]);
    expect(pins["@scope/tree"]?.to).toMatch(/^vendor\/@scope\/tree@2\.0\.0\.[0-9a-f]{8}\/src\/index\.js$/);
    expect(vendored()).toHaveLength(4);
  });

  it("gives a tree another folder when one of its files changes", () => {
    const before = vendor("@scope/tree")["@scope/tree"]?.to;
    addPackage("@scope/tree", { version: "2.0.0", module: "src/index.js" }, { "src/x.js": "export const x = 2;" });

    expect(vendor("@scope/tree")["@scope/tree"]?.to).not.toBe(before);
  });

  it("adds nothing to the page's import map but its pins, however many files a package has", async () => {
    const names = Array.from({ length: 200 }, (_, n) => `part${n}`);
    addPackage(
      "large",
      { version: "1.0.0", module: "index.js" },
      {
        "index.js": names.map((name) => `export * from "./${name}.js";`).join("\n"),
        ...Object.fromEntries(names.map((name) => [`${name}.js`, `export const ${name} = 1;`])),
      },
    );
    const pins = vendor("large");
    const assets = createAssets({ roots: [publicFolder] });
    const app = new Hono().use(assets.middleware());

    const map = createImportMap({ assets, pins }).toJSON();
    const part = await app.request(`/assets/${(pins.large?.to ?? "").replace("index.js", "part7.js")}`);

    expect(Object.keys(map.imports)).toEqual(["large"]);
    expect(part.headers.get("cache-control")).toContain("immutable");
    expect(await part.text()).toBe("export const part7 = 1;");
  });

  it("prefers a minified version", () => {
    addPackage("small", { main: "lib.js" }, { "lib.js": "export default 1;", "lib.min.js": "export default 1" });

    const to = vendor("small").small?.to ?? "";

    expect(readFileSync(join(publicFolder, to), "utf8")).toBe("export default 1");
  });

  it("finds subpaths through export patterns and as files", () => {
    addPackage(
      "paths",
      { exports: { "./x/*": "./lib/*.js" } },
      { "lib/a.js": "export default 1;", "lib/b.js": "export default 2;" },
    );

    expect(Object.keys(vendor("paths/x/a", "paths/lib/b.js"))).toHaveLength(2);
  });

  it("refuses scripts that aren't modules, and packages that aren't installed", () => {
    expect(() => vendor("old")).toThrow(/isn't an ECMAScript module/);
    expect(() => vendor("none")).toThrow(/"none" isn't installed/);
    expect(() => vendor("../secret")).toThrow(/isn't installed/);
  });
});

describe("syncVendored", () => {
  it("copies changed versions again and deletes their old files", () => {
    vendor("one");
    addPackage("one", { version: "1.1.0", main: "a.js" }, { "a.js": "export const a = 2;" });

    const pins = syncVendored({ project, publicFolder });

    expect(Object.keys(pins)).toEqual(["one"]);
    expect(vendored()).toEqual([pins.one?.to.replace("vendor/", "")]);
  });

  it("leaves unchanged versions alone", () => {
    vendor("one");

    expect(syncVendored({ project, publicFolder })).toEqual({});
  });
});

describe("cleanVendored", () => {
  it("deletes vendored files without a pin and nothing else", () => {
    const { one } = vendor("@scope/tree");
    writeFileSync(join(publicFolder, "vendor/mine.js"), "x");

    const removed = cleanVendored(publicFolder, { one: { to: one?.to ?? "" } });

    expect(removed).toEqual(["@scope/tree"]);
    expect(vendored()).toEqual(["mine.js", one?.to.replace("vendor/", "")].sort());
  });

  it("refuses a ledger with paths outside its folder", () => {
    vendor("one");
    const entry = { source: "x", to: "vendor/x.js", files: ["vendor/../../secret.txt"] };
    writeFileSync(join(publicFolder, "vendor/vendored.json"), JSON.stringify({ x: entry }));

    expect(() => cleanVendored(publicFolder, {})).toThrow(/outside vendor/);
  });
});

describe("downloadModule", () => {
  const answer = (body: string, init: ResponseInit = {}) => ({
    publicFolder,
    fetch: async () => new Response(body, { headers: { "Content-Type": "text/javascript" }, ...init }),
  });

  it("stores the file under a name with its hash", async () => {
    const pin = await downloadModule("x", "https://cdn.test/x.js", answer("export default 1;"));

    expect(existsSync(join(publicFolder, pin.to))).toBe(true);
  });

  it("refuses anything but a self-contained module over https", async () => {
    await expect(downloadModule("x", "http://cdn.test/x.js", answer("export {}"))).rejects.toThrow(/only https/);
    await expect(downloadModule("x", "https://cdn.test/x.js", answer("", { status: 404 }))).rejects.toThrow(/404/);
    await expect(downloadModule("x", "https://cdn.test/x.js", answer("<p>", { headers: {} }))).rejects.toThrow(
      /not JavaScript/,
    );
    await expect(downloadModule("x", "https://cdn.test/x.js", answer("var x;"))).rejects.toThrow(
      /isn't an ECMAScript module/,
    );
    await expect(downloadModule("x", "https://cdn.test/x.js", answer('export * from "/y.js";'))).rejects.toThrow(
      /imports \/y\.js/,
    );
  });
});

describe("moduleImports", () => {
  it("finds static, side-effect and dynamic imports, minified or not, but none in comments", () => {
    const source = `import"a";import{b as c}from"b";export*from'c';/* import "no" */
      // import "neither"
      import d, * as e from "d"; const f = await import("f");`;

    expect(moduleImports(source)).toEqual(["a", "b", "c", "d", "f"]);
  });

  it("ignores imports in strings and computed names", () => {
    const source = `const help = \`import "react"\`; import("./pages/" + page); export const note = 'import "vue"';`;

    expect(moduleImports(source)).toEqual([]);
  });

  it("distinguishes modules from scripts", () => {
    expect([isModule("var a;export{a}"), isModule("export default 1"), isModule("exports.a = 1; // import x")]).toEqual(
      [true, true, false],
    );
  });
});
