import assert from "node:assert/strict";
import {
  type ConformanceCheck,
  type ConformanceRule,
  type ConformanceSubject,
  createChecks,
  type OpenSubject,
} from "../../framework/base/index.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import type { Sender } from "../senders/sender.ts";

/** A sender under test, and access to what it delivered. */
export interface SenderSubject extends ConformanceSubject {
  readonly sender: Sender;
  /** The messages delivered so far, with `text` if the receiving side can tell. */
  delivered(): Promise<readonly { readonly subject: string; readonly text?: string }[]>;
}

/** What every `Sender` must do, as checks of the one that `open` returns. Each opens a new one. */
export function senderChecks(open: OpenSubject<SenderSubject>): readonly ConformanceCheck[] {
  return createChecks(open, rules);
}

const rules: readonly ConformanceRule<SenderSubject>[] = [
  {
    name: "returns an id and delivers the message",
    async test({ sender, delivered }) {
      const { id } = await sender.send(sample({ subject: "One" }));

      assert.ok(id.length > 0);
      assert.deepEqual(
        (await delivered()).map(({ subject }) => subject),
        ["One"],
      );
    },
  },
  {
    name: "loses none of 100 messages sent at once",
    async test({ sender, delivered }) {
      const subjects = Array.from({ length: 100 }, (_, index) => `Message ${String(index).padStart(3, "0")}`);

      const answers = await Promise.all(subjects.map((subject) => sender.send(sample({ subject }))));

      assert.equal(new Set(answers.map(({ id }) => id)).size, 100);
      assert.deepEqual((await delivered()).map(({ subject }) => subject).sort(), subjects);
    },
  },
  {
    name: "preserves characters of all scripts",
    async test({ sender, delivered }) {
      await sender.send(sample({ subject: "Grüße aus 東京 🚀", text: "naïve – ünïcode ✓" }));

      const [mail] = await delivered();
      assert.equal(mail?.subject, "Grüße aus 東京 🚀");
      assert.equal((mail?.text ?? "naïve – ünïcode ✓").trim(), "naïve – ünïcode ✓");
    },
  },
  {
    name: "doesn't modify the message",
    async test({ sender }) {
      const message = sample({ subject: "Untouched" });
      const before = structuredClone(message);

      await sender.send(message);

      assert.deepEqual(message, before);
    },
  },
  {
    name: "can be closed twice and rejects messages afterwards",
    async test({ sender }) {
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
