import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { isForm, readFormEntries } from "./form-entries.ts";

const app = new Hono();
app.post("/", async (c) => c.json({ isForm: isForm(c), ...(await readFormEntries(c, 3)) }));

async function post(body: string | FormData, type?: string) {
  const headers: Record<string, string> = type === undefined ? {} : { "Content-Type": type };
  return (await app.request("/", { method: "POST", headers, body })).json();
}

const urlEncoded = "application/x-www-form-urlencoded";

describe("isForm", () => {
  it.each([
    [urlEncoded, true],
    [`${urlEncoded.toUpperCase()} ; charset=utf-8`, true],
    ["multipart/form-data;boundary=x", true],
    ["application/x-www-form-urlencoded2", false],
    [`text/plain; ${urlEncoded}`, false],
    ["multipart/mixed;boundary=x", false],
    ["application/json", false],
  ])("says whether %j is one: %s", async (type, expected) => {
    expect(await post("--x--", type)).toMatchObject({ isForm: expected });
  });
});

describe("readFormEntries", () => {
  it("reads the entries in order, with those that occur twice", async () => {
    expect(await post("a=1&b=%C3%BC&a=2", urlEncoded)).toMatchObject({
      ok: true,
      entries: [
        ["a", "1"],
        ["b", "ü"],
        ["a", "2"],
      ],
    });
  });

  it("counts every separator of a URL-encoded form, the first character included", async () => {
    expect(await post("a&b&c", urlEncoded)).toMatchObject({ ok: true });
    expect(await post("a&b&c&d", urlEncoded)).toMatchObject({ ok: false, reason: "too-many" });
    expect(await post("&a&b&c", urlEncoded)).toMatchObject({ ok: false, reason: "too-many" });
    expect(await post("&&&", urlEncoded)).toMatchObject({ ok: false, reason: "too-many" });
  });

  it("counts the parts of a multipart form", async () => {
    const form = new FormData();
    for (const name of ["a", "b", "c"]) form.append(name, "1");
    const full = await post(form);
    form.append("d", "1");

    expect(full).toMatchObject({ isForm: true, ok: true });
    expect(await post(form)).toMatchObject({ ok: false, reason: "too-many" });
  });

  it.each([
    [3, true],
    [4, false],
  ])("counts a form of %i fields that something else read before", async (count, ok) => {
    const early = new Hono();
    early.post("/", async (c) => {
      await c.req.parseBody();
      return c.json(await readFormEntries(c, 3));
    });
    const form = new FormData();
    for (let index = 0; index < count; index += 1) form.append("a", String(index));

    expect(await (await early.request("/", { method: "POST", body: form })).json()).toMatchObject({ ok });
  });
});
