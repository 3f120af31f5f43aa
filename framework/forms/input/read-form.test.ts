import { Hono } from "hono";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { StandardSchema } from "../../base/index.ts";
import { KitError } from "../../base/index.ts";
import { readForm, readQuery } from "./read-form.ts";

const answerShape = z.looseObject({
  ok: z.boolean().optional(),
  code: z.string().optional(),
  problems: z.record(z.string(), z.array(z.string())).optional(),
});

async function read(schema: StandardSchema, init: RequestInit) {
  const app = new Hono();
  app.post("/", async (c) => {
    if (c.req.header("X-Test-Read-Before")) await c.req.parseBody();
    return c.json(await readForm(c, schema));
  });
  app.onError((error, c) =>
    c.json({ code: error instanceof KitError ? error.code : "?" }, error instanceof KitError ? 400 : 500),
  );
  const answer: unknown = await (await app.request("/", { method: "POST", ...init })).json();
  return answerShape.parse(answer);
}

function urlEncoded(body: string): RequestInit {
  return { body, headers: { "Content-Type": "application/x-www-form-urlencoded" } };
}

const card = z.object({ title: z.string().min(1, "A title is needed"), tags: z.array(z.string()).max(3) });

describe("readForm", () => {
  it("returns the data of a valid form, even if the body was read before", async () => {
    const body = "title=Milk&tags=a&tags=b&_csrf=x";
    const type = "application/x-www-form-urlencoded";
    const multipart = new FormData();
    for (const [name, value] of new URLSearchParams(body)) multipart.append(name, value);
    const again = { "X-Test-Read-Before": "yes" };

    const results = [
      await read(card, urlEncoded(body)),
      await read(card, { body, headers: { ...again, "Content-Type": type } }),
      await read(card, { body: multipart, headers: again }),
    ];

    const expected = { ok: true, data: { title: "Milk", tags: ["a", "b"] } };
    expect(results).toEqual([expected, expected, expected]);
  });

  it("returns problems and the old input, but never passwords or tokens", async () => {
    const result = await read(card, urlEncoded("title=&tags=a&password=p&_csrf=x"));

    expect(result).toEqual({ ok: false, problems: { title: ["A title is needed"] }, old: { title: "", tags: "a" } });
  });

  it("takes the last of repeated parameters if the schema expects one value", async () => {
    const result = await read(card, urlEncoded("title=a&title=b"));

    expect(result).toEqual({ ok: true, data: { title: "b", tags: [] } });
  });

  it("puts problems of the form as a whole under _form and nested ones under their path", async () => {
    const schema = card.extend({ place: z.object({ town: z.string() }) }).refine(() => false, "Not today");
    const body = JSON.stringify({ title: "a", tags: [], place: { town: "b" } });

    const whole = await read(schema, { body, headers: { "Content-Type": "application/json" } });
    const nested = await read(schema, {
      body: '{"title":"a","place":{}}',
      headers: { "Content-Type": "application/json" },
    });

    expect(Object.keys(whole.problems ?? {})).toEqual(["_form"]);
    expect(Object.keys(nested.problems ?? {})).toEqual(["place.town"]);
  });

  it("reads an empty input as undefined, null or text, depending on the type of the field", async () => {
    const schema = z.object({
      nick: z.string().min(3).optional(),
      note: z.email().nullable(),
      age: z.coerce.number().optional(),
      name: z.string(),
      done: z.stringbool().default(false),
    });

    const result = await read(schema, urlEncoded("nick=&note=&age=&name="));

    expect(result).toEqual({ ok: true, data: { note: null, name: "", done: false } });
  });

  it("refuses an empty required number instead of reading it as zero", async () => {
    const result = await read(z.object({ price: z.coerce.number() }), urlEncoded("price="));

    expect(result.ok).toBe(false);
  });

  it("sees list fields behind preprocess, default and refinements", async () => {
    const schema = z
      .object({ ids: z.preprocess((value) => value, z.array(z.coerce.number()).default([])) })
      .refine(() => true);

    const result = await read(schema, urlEncoded("ids=1&ids=2"));

    expect(result).toEqual({ ok: true, data: { ids: [1, 2] } });
  });

  it("drops names that would change prototypes", async () => {
    const schema = z.looseObject({});
    const body = '{"__proto__":{"admin":true},"constructor":{"x":1},"a":{"__proto__":{"admin":true}}}';

    const json = await read(schema, { body, headers: { "Content-Type": "application/json" } });
    const form = await read(schema, urlEncoded("__proto__=x&constructor=y&prototype=z&a=1"));

    expect(json).toEqual({ ok: true, data: { a: {} } });
    expect(form).toEqual({ ok: true, data: { a: "1" } });
  });

  it("leaves out empty file inputs and keeps selected files", async () => {
    const body = new FormData();
    body.append("empty", new File([], ""));
    body.append("kept", new File(["x"], "a.txt"));
    const schema = z.object({ empty: z.file().optional(), kept: z.file().transform((file) => file.name) });

    const result = await read(schema, { body });

    expect(result).toEqual({ ok: true, data: { kept: "a.txt" } });
  });

  it("treats names that end in [] as lists for schemas that don't expose their fields", async () => {
    const schema: StandardSchema = { "~standard": { version: 1, vendor: "own", validate: (value) => ({ value }) } };

    const result = await read(schema, urlEncoded("a[]=1&a[]=2&b=1&b=2"));

    expect(result).toEqual({ ok: true, data: { a: ["1", "2"], b: "2" } });
  });

  it("refuses malformed and unsupported bodies with a clear error", async () => {
    const schema = z.object({});
    const type = (contentType: string) => ({ "Content-Type": contentType });

    const json = await read(schema, { body: "{", headers: type("application/json") });
    const list = await read(schema, { body: "[]", headers: type("application/json") });
    const multipart = await read(schema, { body: "x", headers: type("multipart/form-data; boundary=y") });
    const xml = await read(schema, { body: "<a/>", headers: type("application/xml") });
    const many = await read(schema, urlEncoded("a=1&".repeat(1001)));

    expect([json, list, multipart, xml, many].map((answer) => answer.code)).toEqual([
      "FORMS_MALFORMED_BODY",
      "FORMS_MALFORMED_BODY",
      "FORMS_MALFORMED_BODY",
      "FORMS_UNSUPPORTED_BODY",
      "FORMS_TOO_MANY_FIELDS",
    ]);
  });

  it("reads a request without a body as an empty form", async () => {
    expect(await read(z.object({}), {})).toEqual({ ok: true, data: {} });
  });
});

describe("bodies with very many values", () => {
  const multipart = { "Content-Type": "multipart/form-data; boundary=XX" };
  const json = { "Content-Type": "application/json" };
  const part = '--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n';

  it.each([
    ["a multipart form", `${part.repeat(110_000)}--XX--`, multipart],
    ["a form", "a&".repeat(349_000), urlEncoded("").headers],
    ["JSON", `{"tags":[${"1,".repeat(500_000)}1]}`, json],
  ])("refuses %s before it is parsed", async (_, body, headers) => {
    const parseJson = vi.spyOn(JSON, "parse");
    const parseQuery = vi.spyOn(globalThis, "URLSearchParams");
    const decode = vi.spyOn(TextDecoder.prototype, "decode");

    const result = await read(card, { body, ...(headers ? { headers } : {}) });

    const parsed = [...parseJson.mock.calls, ...parseQuery.mock.calls].filter(([text]) => text === body);
    const decoded = decode.mock.calls.length;
    vi.restoreAllMocks();
    expect(result).toEqual({ code: "FORMS_TOO_MANY_FIELDS" });
    expect(parsed).toEqual([]);
    expect(decoded).toBeLessThan(1100);
  });

  it("accepts a thousand fields of a form, and a long text with commas and brackets in JSON", async () => {
    const tags = z.object({ tags: z.array(z.string()) });
    const text = z.object({ title: z.string() });
    const body = JSON.stringify({ title: '\\"[1,2],{'.repeat(20_000) });

    const form = await read(tags, urlEncoded(`${"tags=1&".repeat(999)}tags=1`));
    const long = await read(text, { body, headers: json });

    expect([form.ok, long.ok]).toEqual([true, true]);
  });
});

describe("line breaks", () => {
  const schema = z.object({ text: z.string().max(20), kind: z.enum(["a\nb"]) });

  it("are one character, as in the browser, in forms of both kinds and in queries", async () => {
    const form = new FormData();
    form.set("text", "12345\n6789\r\n12345\r67");
    form.set("kind", "a\nb");
    const app = new Hono().get("/", async (c) => c.json(await readQuery(c, schema)));
    const sent = "text=12345%0D%0A6789%0D%0A12345%0D67&kind=a%0D%0Ab";
    const expected = { ok: true, data: { text: "12345\n6789\n12345\n67", kind: "a\nb" } };

    expect(await read(schema, { body: form })).toEqual(expected);
    expect(await read(schema, urlEncoded(sent))).toEqual(expected);
    expect(await (await app.request(`/?${sent}`)).json()).toEqual(expected);
  });
});

describe("readQuery", () => {
  it("reads the query by the same rules", async () => {
    const app = new Hono().get("/", async (c) =>
      c.json(await readQuery(c, z.object({ page: z.coerce.number().default(1) }))),
    );

    const answer = await app.request("/?page=2&page=3");

    expect(await answer.json()).toEqual({ ok: true, data: { page: 3 } });
  });

  it.each([
    ["nothing", "/"],
    ["empty values", "/?state=&page=&search=&tags="],
    ["wrong values", "/?state=lost&page=-1&search=much-too-long&tags=c"],
    ["repeated values", "/?state=open&state=lost&page=1&page=x&search=a&search=too-long&tags=a&tags=c"],
    ["lists where none is expected", "/?state[]=open&page[]=1&search[]=a&tags[]=c&other=1"],
  ])("refuses nothing if each field has a fallback: %s", async (_what, url) => {
    const filters = z.object({
      state: z.enum(["open", "done"]).catch("open"),
      page: z.coerce.number().int().positive().catch(1),
      search: z.string().max(5).optional().catch(undefined),
      tags: z.array(z.enum(["a", "b"])).catch([]),
    });
    const app = new Hono().get("/", async (c) => c.json(await readQuery(c, filters)));

    const answer = await (await app.request(url)).json();

    expect(answer).toMatchObject({ ok: true, data: { page: 1, tags: [] } });
  });
});
