import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { StandardSchema } from "../../base/index.ts";
import { readForm, readQuery } from "./read-form.ts";

type Result = { ok: true; data: unknown } | { ok: false; problems: unknown };

async function readSent(
  schema: StandardSchema,
  send: { form?: string; query?: string; json?: string },
): Promise<Result> {
  let result: Result | undefined;
  const app = new Hono();
  app.get("/", async (c) => {
    result = await readQuery(c, schema);
    return c.body(null);
  });
  app.post("/", async (c) => {
    result = await readForm(c, schema);
    return c.body(null);
  });
  const type = send.json === undefined ? "application/x-www-form-urlencoded" : "application/json";
  const post = { method: "POST", body: send.form ?? send.json ?? "", headers: { "Content-Type": type } };
  const response = await (send.query === undefined ? app.request("/", post) : app.request(`/?${send.query}`));
  if (!result) throw new Error(await response.text());
  return result;
}

/** What a form with this body gives for `x`; the problems if it is refused. */
async function readOne(field: z.ZodType, form: string): Promise<unknown> {
  const result = await readSent(z.object({ x: field }), { form });
  return result.ok ? z.object({ x: z.unknown() }).parse(result.data).x : "refused";
}

const colors = z.enum(["red", "green"]);
const sizes = { Small: 1, Large: 2 } as const;

describe("the value of a field", () => {
  it.each<[string, z.ZodType, string, unknown]>([
    ["a checked box", z.boolean(), "x=on", true],
    ["a box that isn't checked", z.boolean(), "", false],
    ["a box that isn't checked, with a default", z.boolean().default(true), "", false],
    ["an optional box that isn't checked", z.boolean().optional(), "", false],
    ["a nullable box", z.boolean().nullable(), "x=on", true],
    ["a box with a fallback", z.boolean().catch(true), "x=perhaps", true],
    ["a box with its own pipe", z.boolean().transform((is) => (is ? "yes" : "no")), "x=on", "yes"],
    ["a box that is coerced", z.coerce.boolean(), "x=false", false],
    ["a hidden input before a box", z.boolean(), "x=false&x=true", true],
    ["a radio button for no", z.boolean(), "x=no", false],
    ["a select without a choice", z.boolean().optional(), "x=", undefined],
    ["a word that is no boolean", z.boolean(), "x=perhaps", "refused"],
    ["a box that must be checked", z.literal(true), "x=true", true],
    ["a function of the schema's own", z.preprocess((sent) => sent === "on", z.boolean()), "x=on", true],
    ["a number", z.number(), "x=-1.5e1", -15],
    ["a number with a comma", z.number(), "x=1,5", "refused"],
    ["an empty number", z.number(), "x=", "refused"],
    ["an empty optional number", z.number().optional(), "x=", undefined],
    ["an empty number with a default", z.number().default(3), "x=", 3],
    ["a coerced number", z.coerce.number(), "x=7", 7],
    ["text that looks like a number", z.string(), "x=007", "007"],
    ["a large number", z.bigint(), "x=9007199254740993", 9007199254740993n],
    ["a date", z.date(), "x=2026-03-29", new Date("2026-03-29T00:00:00Z")],
    ["a date that doesn't exist", z.date(), "x=2026-13-29", "refused"],
    ["a local time, which has no zone", z.date(), "x=2026-03-29T02:30", "refused"],
    ["a local time as text", z.iso.datetime({ local: true }), "x=2026-03-29T02:30", "2026-03-29T02:30"],
    ["a number of a literal", z.literal([1, 2]), "x=2", 2],
    ["an enum of numbers", z.enum(sizes), "x=2", sizes.Large],
    ["an enum", colors, "x=red", "red"],
    ["an empty choice", colors, "x=", "refused"],
    ["an empty optional choice", colors.optional(), "x=", undefined],
    ["an empty nullable choice", colors.nullable(), "x=", null],
    ["an address or nothing", z.email().or(z.literal("")), "x=", ""],
    ["a union of a number and a word", z.union([z.number(), z.literal("all")]), "x=5", 5],
    ["the word of that union", z.union([z.number(), z.literal("all")]), "x=all", "all"],
    ["a union that takes the text", z.union([z.string(), z.number()]), "x=5", "5"],
    ["boxes of numbers", z.array(z.number()), "x=1&x=2&x=", [1, 2]],
    ["one box of several", z.array(colors), "x=red", ["red"]],
    ["no box of several", z.array(colors).min(1), "", "refused"],
    ["a name in brackets", z.array(z.string()), "x[]=a&x[]=b", ["a", "b"]],
    ["a set of choices", z.set(colors), "x=red&x=red&x=green", new Set(["red", "green"])],
    ["an optional list", z.array(z.string()).optional(), "", []],
    ["a field that is defined later", z.lazy(() => z.boolean()), "x=on", true],
  ])("is right for %s", async (_, field, form, expected) => {
    expect(await readOne(field, form)).toEqual(expected);
  });

  it("is found in both parts of an intersection, and in the option of a union that was sent", async () => {
    const both = z.object({ agree: z.boolean() }).and(z.object({ count: z.number() }));
    const card = z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("card"), number: z.number(), keep: z.boolean() }),
      z.strictObject({ kind: z.literal("bank"), number: z.string(), tags: z.array(z.string()) }),
    ]);

    const results = [
      await readSent(both, { form: "agree=on&count=2" }),
      await readSent(card, { form: "kind=card&number=1" }),
      await readSent(card, { form: "kind=bank&number=01" }),
    ];

    expect(results).toEqual([
      { ok: true, data: { agree: true, count: 2 } },
      { ok: true, data: { kind: "card", number: 1, keep: false } },
      { ok: true, data: { kind: "bank", number: "01", tags: [] } },
    ]);
  });
});

describe("a boolean in a query", () => {
  it("has its default if it is missing, and is false without one", async () => {
    const schema = z.object({ isOpen: z.boolean().default(true), isMine: z.boolean() });

    expect(await readSent(schema, { query: "" })).toEqual({ ok: true, data: { isOpen: true, isMine: false } });
    expect(await readSent(schema, { query: "isOpen=false&isMine=1" })).toEqual({
      ok: true,
      data: { isOpen: false, isMine: true },
    });
  });
});

describe("JSON", () => {
  it("is taken as it is: it says what it means", async () => {
    const schema = z.object({ agree: z.boolean().default(true), count: z.number().optional() });

    expect(await readSent(schema, { json: "{}" })).toEqual({ ok: true, data: { agree: true } });
    expect((await readSent(schema, { json: '{"agree":"on"}' })).ok).toBe(false);
    expect((await readSent(schema, { json: '{"count":"1"}' })).ok).toBe(false);
  });
});
