import assert from "node:assert/strict";
import type { ReadyMessage } from "../message/ready-message.ts";
import type { Sender } from "../senders/sender.ts";

/** A sender under test, and access to what it delivered. */
export interface SenderHarness {
  readonly sender: Sender;
  /** The messages delivered so far, with `text` if the receiving side can tell. */
  delivered(): Promise<readonly { readonly subject: string; readonly text?: string }[]>;
}

export interface SenderCheck {
  readonly title: string;
  run(harness: SenderHarness): Promise<void>;
}

/** What every `Sender` must do. Works with any test runner: `it.each(senderChecks)("$title", …)`, with a new harness for each. */
export const senderChecks: readonly SenderCheck[] = [
  {
    title: "returns an id and delivers the message",
    async run({ sender, delivered }) {
      const { id } = await sender.send(sample({ subject: "One" }));

      assert.ok(id.length > 0);
      assert.deepEqual(
        (await delivered()).map(({ subject }) => subject),
        ["One"],
      );
    },
  },
  {
    title: "loses none of 100 messages sent at once",
    async run({ sender, delivered }) {
      const subjects = Array.from({ length: 100 }, (_, index) => `Message ${String(index).padStart(3, "0")}`);

      const answers = await Promise.all(subjects.map((subject) => sender.send(sample({ subject }))));

      assert.equal(new Set(answers.map(({ id }) => id)).size, 100);
      assert.deepEqual((await delivered()).map(({ subject }) => subject).sort(), subjects);
    },
  },
  {
    title: "preserves characters of all scripts",
    async run({ sender, delivered }) {
      await sender.send(sample({ subject: "Grüße aus 東京 🚀", text: "naïve – ünïcode ✓" }));

      const [mail] = await delivered();
      assert.equal(mail?.subject, "Grüße aus 東京 🚀");
      assert.equal((mail?.text ?? "naïve – ünïcode ✓").trim(), "naïve – ünïcode ✓");
    },
  },
  {
    title: "doesn't modify the message",
    async run({ sender }) {
      const message = sample({ subject: "Untouched" });
      const before = structuredClone(message);

      await sender.send(message);

      assert.deepEqual(message, before);
    },
  },
  {
    title: "can be closed twice and rejects messages afterwards",
    async run({ sender }) {
      await sender.close?.();
      await sender.close?.();

      await assert.rejects(sender.send(sample({ subject: "Late" })), { code: "MAIL_CLOSED" });
    },
  },
];

function sample(facts: { subject: string; text?: string }): ReadyMessage {
  return {
    id: crypto.randomUUID(),
    at: Date.now(),
    from: { name: "Sample", address: "sample@example.com" },
    to: [{ address: "ada@example.com" }],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: facts.subject,
    html: "<p>Hello</p>",
    text: facts.text ?? "Hello",
    headers: {},
    attachments: [],
  };
}
