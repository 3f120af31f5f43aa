import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { KitError } from "../../base/index.ts";
import { bodyLimit } from "../../secure/index.ts";
import { fileField } from "../uploads/file-field.ts";
import { readForm } from "./read-form.ts";

const schema = z.object({ text: z.string().optional(), photo: fileField({ maxBytes: 10_000_000 }) });

const app = new Hono()
  .use(bodyLimit())
  .post("/", async (c) => c.json(await readForm(c, schema)))
  .onError((error, c) => c.json({ code: error instanceof KitError ? error.code : String(error) }));

/** Sends the form with a boundary that only an attacker would choose, and counts how often others have a turn until it is answered. */
async function send({ text = "", photo = "" }: { readonly text?: string; readonly photo?: string }) {
  const head = "--X\r\nContent-Disposition: form-data; name=";
  const file = `${head}photo; filename=a.png\r\nContent-Type: image/png\r\n\r\n${photo}\r\n`;
  const body = Buffer.from(`${head}text\r\n\r\n${text}\r\n${photo && file}--X--`);
  const headers = { "Content-Type": "multipart/form-data; boundary=X" };
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  const response = await app.request("/", { method: "POST", body, headers });
  clearImmediate(next);
  return { turns, answer: await response.json() };
}

describe("the form of an upload route", () => {
  it("lets other requests have their turns while a large file is read", async () => {
    // The search for its end takes longest if each byte may be the first one of it.
    const { turns, answer } = await send({ photo: "\r".repeat(9_900_000) });

    expect(answer.problems).toHaveProperty("photo");
    expect(turns).toBeGreaterThan(3);
  });

  it("may have as much text as any other form, besides its files", async () => {
    const photo = "x".repeat(8_000_000);
    const most = await send({ text: "a".repeat(1024 * 1024 - 1000), photo });
    const more = await send({ text: "a".repeat(1024 * 1024), photo });

    expect([most.answer.code, more.answer.code]).toEqual([undefined, "SECURE_BODY_TOO_LARGE"]);
  });

  it.each([
    ["\r\n", "\r", "\n"],
    ["\r\r\n", "\n\r", "\r\n\r\n", "é"],
    ["\r", "😀", "\r\n"],
  ])("reads every line break of a long text as one character: %j", async (...pieces) => {
    const text = `${pieces.join("a")}${pieces.join("")}`.repeat(3000);

    const { answer } = await send({ text });

    expect(answer.data.text === text.replace(/\r\n?/g, "\n")).toBe(true);
  });
});
