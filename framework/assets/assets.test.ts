import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Assets, createAssets } from "./create-assets.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assets-"));
  write("app/app.css", "body { color: red }");
  write("base/app.css", "body { color: blue }");
  write("base/js/big.js", "export const x = 1;\n".repeat(200));
  write("base/robots.txt", "User-agent: *");
  write("base/.env", "SECRET=1");
  write("base/.git/config.txt", "x");
  write("base/a.ts", "x");
  write("base/a.js.map", "x");
  write("outside/secret.txt", "x");
  write("base-secret/secret.txt", "x");
  symlinkSync(join(folder, "base-secret/secret.txt"), join(folder, "base/neighbor.txt"));
  symlinkSync(join(folder, "outside/secret.txt"), join(folder, "base/link.txt"));
  symlinkSync(join(folder, "outside"), join(folder, "base/linked"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function create(dev = false): Assets {
  return createAssets({ roots: [join(folder, "app"), join(folder, "base")], dev });
}

function serve(assets: Assets) {
  const app = new Hono();
  app.use(assets.middleware());
  app.notFound((c) => c.text("none", 404));
  return app;
}

const immutable = "public, max-age=31536000, immutable";

describe("createAssets", () => {
  it("puts the content hash in URLs, and prefers the app's file over the framework's", async () => {
    const assets = create();
    const url = assets.url("app.css");

    const response = await serve(assets).request(url);

    expect(url).toMatch(/^\/assets\/app\.[0-9a-f]{8}\.css$/);
    expect(await response.text()).toBe("body { color: red }");
    expect(response.headers.get("Cache-Control")).toBe(immutable);
    expect(response.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  it("lets plain URLs and outdated hashes be cached only with revalidation", async () => {
    const app = serve(create());

    const answers = await Promise.all(
      ["/assets/app.css", "/assets/app.00000000.css", "/robots.txt"].map((path) => app.request(path)),
    );

    expect(answers.map((answer) => [answer.status, answer.headers.get("Cache-Control")])).toEqual([
      [200, "public, no-cache"],
      [200, "public, no-cache"],
      [200, "public, no-cache"],
    ]);
  });

  it("answers 304 to a matching ETag", async () => {
    const app = serve(create());
    const first = await app.request("/assets/app.css");

    const second = await app.request("/assets/app.css", {
      headers: { "If-None-Match": `"x", W/${first.headers.get("ETag")}` },
    });

    expect([second.status, await second.text()]).toEqual([304, ""]);
  });

  it("compresses text with the best accepted encoding", async () => {
    const app = serve(create());
    const ask = (encodings: string) => app.request("/assets/js/big.js", { headers: { "Accept-Encoding": encodings } });

    const [brotli, gzip, plain] = await Promise.all([ask("gzip, br"), ask("gzip;q=0.5, br;q=0"), ask("identity")]);

    expect(brotliDecompressSync(await brotli.arrayBuffer()).byteLength).toBe(4000);
    expect(gunzipSync(await gzip.arrayBuffer()).byteLength).toBe(4000);
    expect((await plain.text()).length).toBe(4000);
    expect([brotli, gzip, plain].map((answer) => answer.headers.get("Content-Encoding"))).toEqual(["br", "gzip", null]);
    expect(new Set([brotli, gzip, plain].map((answer) => answer.headers.get("ETag"))).size).toBe(3);
    expect(plain.headers.get("Vary")).toBe("Accept-Encoding");
  });

  it("answers HEAD like GET, without the body", async () => {
    const response = await serve(create()).request("/assets/app.css", { method: "HEAD" });

    expect([response.status, response.headers.get("Content-Length"), await response.text()]).toEqual([200, "19", ""]);
  });

  it("passes other methods on to the routes", async () => {
    expect((await serve(create()).request("/assets/app.css", { method: "POST" })).status).toBe(404);
  });

  it.each([
    ...["/.env", "/assets/.env", "/assets/.git/config.txt", "/assets/a.ts", "/assets/a.js.map", "/assets/link.txt"],
    ...["/assets/neighbor.txt", "/neighbor.txt"],
    ...[
      "/assets/linked/secret.txt",
      "/assets/../outside/secret.txt",
      "/assets/%2e%2e/outside/secret.txt",
      "/assets/js/",
      "/assets/js",
    ],
    ...[
      "/assets/..%2foutside%2fsecret.txt",
      "/assets/..%5coutside%5csecret.txt",
      "/assets/app.css%00.txt",
      "/assets/%zz.css",
    ],
    ...["/assets//app.css", "/assets/%252e%252e/outside/secret.txt", "/assets//etc/passwd.txt"],
  ])("serves nothing at %s", async (path) => {
    const production = await serve(create()).request(path);
    const development = await serve(create(true)).request(path);

    expect([production.status, development.status]).toEqual([404, 404]);
  });

  it("serves changed and new files immediately in development, uncached and under plain names", async () => {
    const assets = create(true);
    const app = serve(assets);
    await app.request("/assets/app.css");
    write("app/app.css", "changed");
    write("app/new.css", "new");

    const changed = await app.request(assets.url("app.css"));
    const added = await app.request(assets.url("new.css"));

    expect([await changed.text(), await added.text()]).toEqual(["changed", "new"]);
    expect(changed.headers.get("Cache-Control")).toBe("no-store");
  });

  it("doesn't add a hash to a name that already has it", () => {
    const hashed = create().url("robots.txt").replace("/assets/", "");
    write(`base/${hashed}`, "User-agent: *");

    expect(create().url(hashed)).toBe(`/assets/${hashed}`);
  });

  it("names the missing file", () => {
    expect(() => create().url("none.css")).toThrow(/"none\.css" doesn't exist/);
  });

  it("names the missing root", () => {
    expect(() => createAssets({ roots: [join(folder, "nowhere")] })).toThrow(/nowhere/);
  });

  it("serves what standards put below .well-known, with a fitting type", async () => {
    write("app/.well-known/security.txt", "Contact: mailto:a@b.test");
    write("app/.well-known/assetlinks.json", "[]");
    write("app/.well-known/apple-app-site-association", '{ "applinks": {} }');
    write("app/.well-known/acme-challenge/a-b_c", "a-b_c.d");
    const names = ["security.txt", "assetlinks.json", "apple-app-site-association", "acme-challenge/a-b_c"];

    for (const app of [serve(create()), serve(create(true))]) {
      const answers = await Promise.all(names.map((name) => app.request(`/.well-known/${name}`)));

      expect(answers.map(({ status, headers }) => [status, headers.get("Content-Type")])).toEqual([
        [200, "text/plain; charset=utf-8"],
        [200, "application/json"],
        [200, "application/json"],
        [200, "text/plain; charset=utf-8"],
      ]);
    }
  });

  it.each(["/.well-known/.env", "/.well-known/../.env", "/.well-known/a.ts", "/js/.well-known/x", "/noending"])(
    "still serves nothing at %s",
    async (path) => {
      write("app/.well-known/.env", "x");
      write("app/.well-known/a.ts", "x");
      write("app/js/.well-known/x", "x");
      write("app/noending", "x");

      const answers = await Promise.all([serve(create()).request(path), serve(create(true)).request(path)]);

      expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    },
  );

  describe("for a player that seeks", () => {
    const media = "0123456789";
    const get = (headers: Record<string, string>, path = "/a.mp3", method = "GET") => {
      write("app/a.mp3", media);
      return serve(create()).request(path, { headers, method });
    };
    const seen = async (answer: Response) => [
      answer.status,
      answer.headers.get("Content-Range"),
      answer.headers.get("Content-Length"),
      await answer.text(),
    ];

    it.each([
      ["bytes=2-4", [206, "bytes 2-4/10", "3", "234"]],
      ["bytes=7-", [206, "bytes 7-9/10", "3", "789"]],
      ["bytes=-2", [206, "bytes 8-9/10", "2", "89"]],
      ["bytes=-99", [206, "bytes 0-9/10", "10", media]],
      ["bytes=8-99", [206, "bytes 8-9/10", "2", "89"]],
      ["bytes=10-", [416, "bytes */10", null, ""]],
      ["bytes=-0", [416, "bytes */10", null, ""]],
      ["bytes=4-2", [200, null, "10", media]],
      ["bytes=0-1,4-5", [200, null, "10", media]],
      ["bytes=-", [200, null, "10", media]],
      ["lines=1-2", [200, null, "10", media]],
    ])("answers Range: %s", async (range, expected) => {
      expect(await seen(await get({ Range: range }))).toEqual(expected);
    });

    it("says that it takes ranges, except for what it compresses", async () => {
      const ask = (path: string) => get({ "Accept-Encoding": "gzip", Range: "bytes=0-1" }, path);
      const [sound, script] = [await ask("/a.mp3"), await ask("/js/big.js")];

      expect([sound.status, sound.headers.get("Accept-Ranges")]).toEqual([206, "bytes"]);
      expect([script.status, script.headers.get("Accept-Ranges")]).toEqual([200, null]);
      expect(script.headers.get("Content-Encoding")).toBe("gzip");
    });

    it("sends the whole file if the part would be of another version", async () => {
      const etag = (await get({})).headers.get("ETag") ?? "";

      const answers = await Promise.all(
        [etag, '"other"', `W/${etag}`].map((given) => get({ Range: "bytes=2-4", "If-Range": given })),
      );

      expect(answers.map(({ status }) => status)).toEqual([206, 200, 200]);
    });

    it("ignores a range in HEAD", async () => {
      expect(await seen(await get({ Range: "bytes=2-4" }, "/a.mp3", "HEAD"))).toEqual([200, null, "10", ""]);
    });
  });

  it("lists what it serves", () => {
    expect(create().paths()).toEqual(["app.css", "js/big.js", "robots.txt"]);
  });
});
