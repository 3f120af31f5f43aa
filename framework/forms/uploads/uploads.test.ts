import { mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readForm } from "../input/read-form.ts";
import { type FileFieldOptions, fileField, filesField } from "./file-field.ts";
import { createFolderUploadStore } from "./folder-upload-store.ts";
import { createMemoryUploadStore } from "./memory-upload-store.ts";
import { sendUpload } from "./send-upload.ts";
import { uploadStoreChecks } from "./upload-store-conformance.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const file = (bytes: Uint8Array, type: string, name = "a.png") => new File([new Uint8Array(bytes)], name, { type });

async function send(files: readonly File[], options: FileFieldOptions & { maxCount?: number } = {}) {
  const app = new Hono();
  const schema = z.object({ picture: fileField(options), pictures: filesField(options) });
  app.post("/", async (c) => {
    const form = await readForm(c, schema);
    return c.json(
      form.ok ? { kind: form.data.picture?.kind ?? null, count: form.data.pictures.length } : form.problems,
    );
  });
  const body = new FormData();
  for (const one of files) body.append(files.length === 1 ? "picture" : "pictures", one);
  body.append("name", "x");
  return (await app.request("/", { method: "POST", body })).json();
}

describe("fileField", () => {
  it("returns a file with its kind", async () => {
    expect(await send([file(png, "image/png")])).toEqual({ kind: "image/png", count: 0 });
  });

  it("returns null if nothing was selected", async () => {
    expect(await send([file(Buffer.alloc(0), "application/octet-stream", "")])).toEqual({ kind: null, count: 0 });
  });

  it.each([
    ["an SVG", svg, "image/svg+xml"],
    ["an SVG sent as a PNG", svg, "image/png"],
    ["a page sent as a JPEG", Buffer.from("<!doctype html><script>1</script>"), "image/jpeg"],
    ["a PNG sent as a page", png, "text/html"],
    ["a PDF among pictures", Buffer.from("%PDF-1.7"), "application/pdf"],
    ["an empty file", Buffer.alloc(0), "image/png"],
  ])("refuses %s", async (_what, bytes, type) => {
    expect(await send([file(bytes, type)])).toEqual({ picture: [expect.any(String)] });
  });

  it("refuses files that are too large", async () => {
    const large = Buffer.concat([png, Buffer.alloc(3000)]);

    expect(await send([file(large, "image/png")], { maxBytes: 2048 })).toEqual({
      picture: ["This file is larger than 2 kB."],
    });
  });

  it("refuses text instead of a file", async () => {
    const app = new Hono();
    app.post("/", async (c) => c.json(await readForm(c, z.object({ picture: fileField() }))));

    const answer = await app.request("/", {
      method: "POST",
      body: new URLSearchParams({ picture: "../../etc/passwd" }),
    });

    expect(await answer.json()).toMatchObject({ ok: false, problems: { picture: ["Choose a file."] } });
  });
});

describe("filesField", () => {
  it("returns several files, up to a limit", async () => {
    const two = [file(png, "image/png"), file(png, "image/png", "b.png")];

    expect(await send(two)).toEqual({ kind: null, count: 2 });
    expect(await send(two, { maxCount: 1 })).toEqual({ pictures: ["Choose at most 1 file."] });
  });

  it("refuses all files if one of them is invalid", async () => {
    expect(await send([file(png, "image/png"), file(svg, "image/png")])).toHaveProperty("pictures");
  });
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "buffkit-uploads-"));
  await writeFile(join(folder, "secret.png"), png);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("an upload store in memory", () => {
  it.each(uploadStoreChecks(() => ({ store: createMemoryUploadStore() })))("$name", ({ run }) => run());
});

describe("an upload store in a folder", () => {
  const open = () => ({ store: createFolderUploadStore(join(folder, "uploads")) });

  it.each(uploadStoreChecks(open))("$name", ({ run }) => run());
});

describe("a folder of uploads", () => {
  it("isn't readable by other users of the machine", async () => {
    const own = join(folder, "closed");
    await createFolderUploadStore(own).save({ bytes: png, kind: "image/png" });

    const modes = [own, join(own, (await readdir(own))[0] ?? "")].map(async (path) => (await stat(path)).mode & 0o077);

    expect(await Promise.all(modes)).toEqual([0, 0]);
  });

  it("returns only files of a known kind, whatever their name", async () => {
    const own = join(folder, "closed");
    const name = `${"b".repeat(43)}.png`;
    await symlink("/etc/passwd", join(own, name));

    expect(await createFolderUploadStore(own).read(name)).toBeNull();
  });
});

describe("sendUpload", () => {
  it("responds with an attachment that no browser renders, or 404", async () => {
    const store = createMemoryUploadStore();
    const name = await store.save({ bytes: png, kind: "image/png" });
    const app = new Hono();
    app.get("/files/:name", (c) => sendUpload(c, store, c.req.param("name")));

    const answer = await app.request(`/files/${name}`);

    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "content-disposition": `attachment; filename="${name}"`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    expect((await app.request("/files/other.png")).status).toBe(404);
  });
});
