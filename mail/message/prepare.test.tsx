import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../framework/base/index.ts";
import { MailFacts, MailText } from "../blocks/mail-blocks.tsx";
import type { Message } from "./message.ts";
import { createMessagePreparer } from "./prepare.ts";

const options = { from: "Board <no-reply@example.com>", appName: "Board", appUrl: "https://board.example" };
const prepareMessage = createMessagePreparer(options);
const prepare = (message: Partial<Message>) =>
  prepareMessage({ to: "ada@example.com", subject: "Hello", html: <p>Hi</p>, ...message });

describe("createMessagePreparer", () => {
  it("puts the HTML in the layout, with inline styles and rules for dark mode", async () => {
    const ready = await prepare({ html: <MailText>Hi</MailText>, preheader: "In short" });

    expect(ready.html).toMatch(/^<!doctype html>/);
    expect(ready.html).toContain('<p class="mail-text" style="margin:0 0 16px 0">Hi</p>');
    expect(ready.html).toContain("@media (prefers-color-scheme: dark)");
    expect(ready.html).toContain("In short");
    expect(ready.html).toContain("https://board.example");
  });

  it("escapes what JSX shows", async () => {
    const ready = await prepare({ html: <p>{'<script>alert("x")</script>'}</p> });

    expect(ready.html).not.toContain("<script");
  });

  it("shows inline images, and links that mail programs and the app know", async () => {
    const lines: object[] = [];
    const log = { ...silentLogger, warn: (facts: object) => void lines.push(facts) };
    const prepareOwn = createMessagePreparer({ ...options, log, schemes: ["myapp"] });
    const Later = async () => <img src="cid:later" alt="" />;

    const { html } = await prepareOwn({
      to: "ada@example.com",
      subject: "Hello",
      html: (
        <table background="cid:paper">
          <img src="cid:logo" alt="" />
          <img src="data:image/png;base64,AA==" alt="" />
          <a href="mailto:a@b.de">a</a>
          <a href="tel:+49">b</a>
          <a href="webcal://b.de/c.ics">c</a>
          <a href="myapp://open">d</a>
          <Later />
        </table>
      ),
      layout: ({ children }) => <body background="cid:page">{children}</body>,
    });

    expect(html).not.toContain("about:invalid");
    expect([...(html ?? "").matchAll(/cid:\w+/g)].map(String)).toEqual([
      "cid:page",
      "cid:paper",
      "cid:logo",
      "cid:later",
    ]);
    expect(lines).toEqual([]);
  });

  it.each(["javascript:alert(1)", "vbscript:x", "data:text/html,x", "other:x"])(
    "replaces the link %s, and says so in the log",
    async (href) => {
      const lines: object[] = [];
      const log = { ...silentLogger, warn: (facts: object) => void lines.push(facts) };
      const prepareOwn = createMessagePreparer({ ...options, log });

      const { html } = await prepareOwn({ to: "ada@example.com", subject: "Hello", html: <a href={href}>x</a> });

      expect(html).toContain('<a href="about:invalid#unsafe">');
      expect(lines).toEqual([{ subject: "Hello", element: '<a href="about:invalid#unsafe"' }]);
    },
  );

  it("runs from right to left in languages that do, in the layout and the blocks", async () => {
    const html = <MailFacts facts={{ a: "b" }} />;
    const facts =
      /<td class="sheet" align="(\w+)".*?<th scope="row" align="(\w+)" style="[^"]*padding:([^;"]*);text-align:(\w+)/s;
    const seen = async (message: Partial<Message>) => {
      const { html: page = "" } = await prepare({ html, ...message });
      return [/<html[^>]*>/.exec(page)?.[0], ...(facts.exec(page)?.slice(1) ?? [])];
    };

    expect(await seen({ lang: "he" })).toEqual([
      '<html lang="he" dir="rtl">',
      "right",
      "right",
      "2px 0 2px 16px",
      "right",
    ]);
    expect(await seen({ lang: "he", dir: "ltr" })).toEqual([
      '<html lang="he">',
      "left",
      "left",
      "2px 16px 2px 0",
      "left",
    ]);
    expect(await seen({ dir: "rtl" })).toEqual([
      '<html lang="en" dir="rtl">',
      "right",
      "right",
      "2px 0 2px 16px",
      "right",
    ]);
  });

  it("takes a complete document without the layout and inlines its styles", async () => {
    const ready = await prepare({
      html: "<!doctype html><html><head><style>p{color:red}</style></head><body><p>Hi</p></body></html>",
    });

    expect(ready.html).toContain('<p style="color: red;">Hi</p>');
    expect(ready.html).not.toContain("Board");
  });

  it("omits the layout on request", async () => {
    const ready = await prepare({ layout: false });

    expect(ready.html).toBe("<p>Hi</p>");
  });

  it("uses the message's own layout", async () => {
    const ready = await prepare({ layout: ({ children, appName }) => <main>{[appName, ": ", children]}</main> });

    expect(ready.html).toContain("<main>Board: <p>Hi</p></main>");
  });

  it("makes the text from the HTML, without the layout", async () => {
    const ready = await prepare({
      html: (
        <>
          <h1>News</h1>
          <p>
            Read <a href="https://board.example/n">the news</a>.
          </p>
          <ul>
            <li>One</li>
          </ul>
        </>
      ),
      preheader: "hidden",
    });

    expect(ready.text).toBe("News\n\nRead the news https://board.example/n.\n\n * One");
  });

  it("never breaks a long link in the text", async () => {
    const href = `https://board.example/reset-password?token=${"a".repeat(120)}`;

    const ready = await prepare({ html: <a href={href}>Reset</a> });

    expect(ready.text).toContain(href);
  });

  it("prefers the message's own text", async () => {
    expect((await prepare({ text: "By hand" })).text).toBe("By hand");
  });

  it("accepts text without HTML", async () => {
    const ready = await prepareMessage({ to: "ada@example.com", subject: "Hello", text: "Hi" });

    expect(ready).toMatchObject({ text: "Hi", from: { name: "Board", address: "no-reply@example.com" } });
    expect(ready.html).toBeUndefined();
  });

  it("accepts several recipients, copies and a reply address", async () => {
    const ready = await prepare({ to: ["a@b.de", "C <c@d.de>"], cc: "e@f.de", bcc: ["g@h.de"], replyTo: "i@j.de" });

    expect(ready.to).toEqual([{ address: "a@b.de" }, { name: "C", address: "c@d.de" }]);
    expect([ready.cc.length, ready.bcc.length, ready.replyTo.length]).toEqual([1, 1, 1]);
  });

  it.each([[""], [[]], [[""]]])("says that a recipient is required for %j", async (to) => {
    await expect(prepare({ to })).rejects.toMatchObject({
      code: "MAIL_RECIPIENT_REQUIRED",
      message: "recipient required",
    });
  });

  it("limits the number of recipients, including copies", async () => {
    const many = Array.from({ length: 40 }, (_, index) => `a${index}@example.com`);

    await expect(prepare({ to: many, bcc: many })).rejects.toThrow(/at most 50 recipients .* has 80/);
  });

  it.each(["", "  ", "Hi\r\nBcc: eve@example.com", "Hi\nthere", "a\u0000b", "x".repeat(999)])(
    "refuses the subject %j",
    async (subject) => {
      await expect(prepare({ subject })).rejects.toMatchObject({ code: "MAIL_SUBJECT_INVALID" });
    },
  );

  it.each([
    [{ "X-A\r\nBcc": "eve@example.com" }],
    [{ "X-A": "b\r\nBcc: eve@example.com" }],
    [{ Bcc: "eve@example.com" }],
    [{ "content-type": "text/evil" }],
    [{ "X A": "b" }],
    [{ "X-A": "x".repeat(999) }],
  ])("refuses the headers %j", async (headers: Record<string, string>) => {
    await expect(prepare({ headers })).rejects.toMatchObject({ code: "MAIL_HEADER_INVALID" });
  });

  it("keeps valid headers", async () => {
    const headers = { "List-Unsubscribe": "<https://board.example/u>" };

    expect((await prepare({ headers })).headers).toEqual(headers);
  });

  it("refuses a message without a body", async () => {
    await expect(prepareMessage({ to: "a@b.de", subject: "Hi" })).rejects.toMatchObject({
      code: "MAIL_BODY_REQUIRED",
    });
  });

  it("reads attachments from memory and from a file", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "mail-")), "note.txt");
    writeFileSync(path, "from a file");

    const ready = await prepare({
      attachments: [{ path }, { filename: "logo.png", content: new Uint8Array([1, 2, 3]), cid: "logo" }],
    });

    expect(ready.attachments).toEqual([
      { filename: "note.txt", contentType: "text/plain; charset=utf-8", content: "ZnJvbSBhIGZpbGU=", bytes: 11 },
      { filename: "logo.png", contentType: "image/png", content: "AQID", bytes: 3, cid: "logo" },
    ]);
  });

  it.each([
    [{ filename: "../etc/passwd", content: "" }],
    [{ filename: 'a".txt', content: "" }],
    [{ filename: "a\r\nX: y", content: "" }],
    [{ filename: "a.txt", content: "", contentType: "text/plain\r\nX: y" }],
    [{ filename: "a.txt", content: "", contentType: "text/plain; x=\r\ny" }],
    [{ filename: "a.png", content: "", cid: "a b" }],
    [{ path: "/does/not/exist.txt" }],
    [{ filename: "big.bin", content: Buffer.alloc(11 * 1024 * 1024) }],
  ])("refuses the attachment %#", async (attachment) => {
    await expect(prepare({ attachments: [attachment] })).rejects.toMatchObject({ code: "MAIL_ATTACHMENT_INVALID" });
  });

  it("gives each message its own id", async () => {
    const [one, other] = await Promise.all([prepare({}), prepare({})]);

    expect(one.id).not.toBe(other.id);
  });
});
