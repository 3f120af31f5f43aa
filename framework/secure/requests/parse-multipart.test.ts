import { describe, expect, it } from "vitest";
import { parseMultipart } from "./parse-multipart.ts";

const contentType = "multipart/form-data; boundary=XX";

function parse(body: string | Buffer, options: { contentType?: string; maxParts?: number } = {}) {
  return parseMultipart(Buffer.from(body), { contentType, maxParts: 10, ...options });
}

function part(header: string, content = "1"): string {
  return `--XX\r\nContent-Disposition: form-data; ${header}\r\n\r\n${content}\r\n`;
}

async function readBack(form: FormData) {
  const response = new Response(form);
  const type = response.headers.get("Content-Type") ?? "";
  const parsed = parse(Buffer.from(await response.arrayBuffer()), { contentType: type });
  const entries = parsed.ok ? parsed.entries : [];
  return Promise.all(
    entries.map(async ([name, value]) =>
      typeof value === "string" ? [name, value] : [name, value.name, value.type, await value.text()],
    ),
  );
}

describe("parseMultipart", () => {
  it("reads what a browser sends: texts, files, names with quotes and line breaks, and no parts at all", async () => {
    const form = new FormData();
    form.append("text", "ü\r\n--X\r\n-- end");
    form.append('a "name"\r\n', "");
    form.append("file", new File(["\u0000\r\n"], 'p "1".png', { type: "image/png" }));

    expect(await readBack(form)).toEqual([
      ["text", "ü\r\n--X\r\n-- end"],
      ['a "name"\r\n', ""],
      ["file", 'p "1".png', "image/png", "\u0000\r\n"],
    ]);
    expect(await readBack(new FormData())).toEqual([]);
  });

  it("reads a quoted boundary, a preamble and spaces after a delimiter", () => {
    const body = `hello\r\n--X X \r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--X X--\r\nbye`;

    expect(parse(body, { contentType: 'multipart/form-data; boundary="X X"' })).toEqual({
      ok: true,
      entries: [["a", "1"]],
    });
  });

  it("reads names of headers and parameters in any case", () => {
    const head = (disposition: string) => `--XX\r\nCONTENT-DISPOSITION: Form-Data; ${disposition}\r\n\r\n1\r\n--XX--`;

    expect(parse(head('NAME="a"'))).toEqual({ ok: true, entries: [["a", "1"]] });
    expect(parse(head("Name=a"))).toEqual({ ok: true, entries: [["a", "1"]] });
  });

  it("stops at the largest number of parts", () => {
    const body = `${part('name="a"').repeat(11)}--XX--`;

    expect(parse(body)).toEqual({ ok: false, reason: "too-many" });
    expect(parse(body, { maxParts: 11 }).ok).toBe(true);
  });

  it("reads a file input without a file as a file without a name", () => {
    const parsed = parse(`${part('name="f"; filename=""\r\nContent-Type: application/octet-stream', "")}--XX--`);

    const [name, value] = (parsed.ok ? parsed.entries[0] : undefined) ?? [];

    expect([name, value instanceof File && [value.name, value.size, value.type]]).toEqual([
      "f",
      ["", 0, "application/octet-stream"],
    ]);
  });

  it.each([
    ["is empty", ""],
    ["has no delimiter", "garbage"],
    ["has its first delimiter in the middle of a line", `garbage${part('name="a"')}--XX--`],
    ["isn't closed", part('name="a"')],
    ["has no name", `${part("x=y")}--XX--`],
    ["has an endless header", `${part(`name="${"a".repeat(20_000)}"`)}--XX--`],
    ["isn't a form", `--XX\r\nContent-Disposition: attachment; name="a"\r\n\r\n1\r\n--XX--`],
  ])("refuses a body that %s", (_, body) => {
    expect(parse(body)).toEqual({ ok: false, reason: "malformed" });
  });

  it("refuses a body without a boundary", () => {
    expect(parse(`${part('name="a"')}--XX--`, { contentType: "multipart/form-data" }).ok).toBe(false);
  });
});
