import { describe, expect, it } from "vitest";
import { parseMultipart } from "./parse-multipart.ts";

const contentType = "multipart/form-data; boundary=XX";

function parse(
  body: string | Buffer,
  options: { contentType?: string; maxParts?: number; maxTextBytes?: number } = {},
) {
  return parseMultipart(Buffer.from(body), { contentType, maxParts: 10, maxTextBytes: 100_000, ...options });
}

function part(header: string, content = "1"): string {
  return `--XX\r\nContent-Disposition: form-data; ${header}\r\n\r\n${content}\r\n`;
}

async function readBack(form: FormData) {
  const response = new Response(form);
  const type = response.headers.get("Content-Type") ?? "";
  const parsed = await parse(Buffer.from(await response.arrayBuffer()), { contentType: type });
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

  it("reads a quoted boundary, a preamble and spaces after a delimiter", async () => {
    const body = `hello\r\n--X X \r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--X X--\r\nbye`;

    expect(await parse(body, { contentType: 'multipart/form-data; boundary="X X"' })).toEqual({
      ok: true,
      entries: [["a", "1"]],
    });
  });

  it("reads names of headers and parameters in any case", async () => {
    const head = (disposition: string) => `--XX\r\nCONTENT-DISPOSITION: Form-Data; ${disposition}\r\n\r\n1\r\n--XX--`;

    expect(await parse(head('NAME="a"'))).toEqual({ ok: true, entries: [["a", "1"]] });
    expect(await parse(head("Name=a"))).toEqual({ ok: true, entries: [["a", "1"]] });
  });

  it("stops at the largest number of parts", async () => {
    const body = `${part('name="a"').repeat(11)}--XX--`;

    expect(await parse(body)).toEqual({ ok: false, reason: "too-many" });
    expect((await parse(body, { maxParts: 11 })).ok).toBe(true);
  });

  it("counts headers and texts, and not what is in files", async () => {
    const file = `${part('name="f"; filename="a"', "x".repeat(500))}--XX--`;
    const text = `${part('name="f"', "x".repeat(500))}--XX--`;
    const header = `${part(`name="f${"x".repeat(500)}"; filename="a"`)}--XX--`;
    const options = { maxTextBytes: 300 };

    expect((await parse(file, options)).ok).toBe(true);
    await expect(parse(text, options)).rejects.toMatchObject({ code: "SECURE_BODY_TOO_LARGE" });
    await expect(parse(header, options)).rejects.toMatchObject({ code: "SECURE_BODY_TOO_LARGE" });
  });

  it("reads a file input without a file as a file without a name", async () => {
    const parsed = await parse(`${part('name="f"; filename=""\r\nContent-Type: application/octet-stream', "")}--XX--`);

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
  ])("refuses a body that %s", async (_, body) => {
    expect(await parse(body)).toEqual({ ok: false, reason: "malformed" });
  });

  it("takes the first delimiter at the start of the body or of a line alone", async () => {
    expect(await parse(`\r\n${part('name="a"')}--XX--`)).toEqual({ ok: true, entries: [["a", "1"]] });
    expect(await parse(`x\n${part('name="a"')}--XX--`)).toEqual({ ok: true, entries: [["a", "1"]] });
    expect((await parse(`x${part('name="a"')}--XX--`)).ok).toBe(false);
  });

  it("takes spaces and tabs after a delimiter, and nothing else", async () => {
    const following = async (text: string) =>
      await parse(`--XX${text}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--XX--`);

    expect(
      [await following(" \t "), await following("x"), await following("\n"), await following("-")].map(({ ok }) => ok),
    ).toEqual([true, false, false, false]);
    expect((await parse("--XX\rContent")).ok).toBe(false);
  });

  it("keeps line breaks and dashes at the ends of a value, and empty values", async () => {
    const values = ["\r\n", "--", "\r\n--XY", "a\r\n\r\nb", "", "\ufeffx"];
    const body = `${values.map((value) => part('name="a"', value)).join("")}--XX--`;

    expect(await parse(body)).toEqual({ ok: true, entries: values.map((value) => ["a", value]) });
  });

  it("reads a header of up to 16 KiB", async () => {
    const head = 'Content-Disposition: form-data; name="a"; x="';
    const bodyOf = (headerBytes: number) =>
      `--XX\r\n${head}${"y".repeat(headerBytes - head.length - 1 - 4)}"\r\n\r\n1\r\n--XX--`;

    expect(await parse(bodyOf(16 * 1024))).toEqual({ ok: true, entries: [["a", "1"]] });
    expect((await parse(bodyOf(16 * 1024 + 1))).ok).toBe(false);
  });

  it("finds the disposition among other headers, and the type of a file", async () => {
    const header = "X-Own: 1\r\nContent-Type:text/csv\r\nContent-Disposition:form-data;name=f;filename=a.csv";
    const parsed = await parse(`--XX\r\n${header}\r\n\r\n1,2\r\n--XX--`);

    const [name, file] = (parsed.ok ? parsed.entries[0] : undefined) ?? [];

    expect([name, file instanceof File && [file.name, file.type, await file.text()]]).toEqual([
      "f",
      ["a.csv", "text/csv", "1,2"],
    ]);
  });

  it("takes a file without a type for bytes", async () => {
    const parsed = await parse(`${part('name="f"; filename="a"')}--XX--`);

    const file = parsed.ok ? parsed.entries[0]?.[1] : undefined;

    expect(file instanceof File && file.type).toBe("application/octet-stream");
  });

  it("decodes what browsers encode in names, and nothing else", async () => {
    expect(await parse(`${part('name="%22%0D%0a%41%22"')}--XX--`)).toEqual({ ok: true, entries: [['"\r\n%41"', "1"]] });
  });

  it.each([
    ["multipart/form-data;boundary=XX", true],
    ["multipart/form-data; charset=utf-8; BOUNDARY=XX; x=y", true],
    ['multipart/form-data; boundary="XX"', true],
    ['multipart/form-data; boundary=""', false],
    ["multipart/form-data; xboundary=XX", false],
    [`multipart/form-data; boundary="${"X".repeat(71)}"`, false],
  ])("reads the boundary in %j: %s", async (type, ok) => {
    expect((await parse(`${part('name="a"')}--XX--`, { contentType: type })).ok).toBe(ok);
  });

  it.each([
    ["form-data; name=a", true],
    ["FORM-DATA ;name=a", true],
    ["attachment; name=a", false],
    ["x-form-data; name=a", false],
    ["form-data", false],
  ])("reads a part whose disposition is %j: %s", async (disposition, isRead) => {
    const parsed = await parse(`--XX\r\nContent-Disposition: ${disposition}\r\n\r\n1\r\n--XX--`);

    expect(parsed.ok && parsed.entries.length === 1).toBe(isRead);
  });

  it("refuses a body without a boundary", async () => {
    expect((await parse(`${part('name="a"')}--XX--`, { contentType: "multipart/form-data" })).ok).toBe(false);
  });
});
