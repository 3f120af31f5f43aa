import { describe, expect, it } from "vitest";
import { createMessagePreparer } from "../message/prepare.ts";
import { defaultMessages, templatesOf } from "./mail-messages.ts";

const sample = { to: "ada@example.com", name: "Ada", appName: "Board", appUrl: "https://board.example" };
const prepareMessage = createMessagePreparer({
  from: "no-reply@board.example",
  appName: "Board",
  appUrl: "https://board.example",
});

describe("templatesOf", () => {
  it.each(templatesOf(defaultMessages))(
    "previews $name in HTML and text, with a link to the app",
    async ({ preview }) => {
      const ready = await prepareMessage(preview(sample));

      expect(ready.html).toContain('href="https://board.example');
      expect(ready.text).toContain("https://board.example");
      expect(ready.subject).toMatch(/Board/);
    },
  );

  it("previews an app's own version of a message", () => {
    const welcome = () => ({ to: "a@b.de", subject: "Mine", text: "Mine" });

    const templates = templatesOf({ ...defaultMessages, welcome });

    expect(templates.map(({ preview }) => preview(sample).subject)).toContain("Mine");
  });
});

describe("built-in messages", () => {
  it("escape the name", async () => {
    const message = defaultMessages.welcome({ ...sample, url: sample.appUrl, name: "<b>Ada</b>" });

    expect((await prepareMessage(message)).html).not.toContain("<b>Ada");
  });

  it.each(["Win at evil.example", "http://evil.example", "x".repeat(80)])("omit the name %s", async (name) => {
    const message = defaultMessages.verifyEmail({ ...sample, url: "https://board.example/v", name });

    expect((await prepareMessage(message)).text).not.toContain(name);
  });

  it("reject a link that isn't a web address", () => {
    const message = () => String(defaultMessages.welcome({ ...sample, url: "javascript:alert(1)" }).html);

    expect(message).toThrow(/absolute http or https/);
  });

  it("show only part of the new address to the old mailbox", async () => {
    const message = defaultMessages.emailChanged({
      ...sample,
      url: "https://board.example",
      newEmail: "grace@example.com",
    });

    expect((await prepareMessage(message)).text).not.toContain("grace@");
  });
});
