import { describe, expect, it } from "vitest";
import { silentLogger } from "../framework/base/index.ts";
import { createMail, type MailOptions } from "./mail.ts";
import type { MailJobs, QueuedMail } from "./queue/queue.ts";
import { createMemorySender } from "./senders/memory-sender.ts";
import type { Sender } from "./senders/sender.ts";

const message = { to: "ada@example.com", subject: "Hi", text: "Hello" };

function setUp(options: Partial<MailOptions> = {}) {
  const sender = createMemorySender();
  const mail = createMail({
    sender,
    log: silentLogger,
    from: "app@example.com",
    appName: "App",
    appUrl: "http://app.example",
    ...options,
  });
  return { mail, sender };
}

function heldJobs() {
  const queued: { payload: QueuedMail; options: object }[] = [];
  let run: (payload: QueuedMail) => Promise<void> = async () => {};
  const context = { attempt: 1, signal: new AbortController().signal, keep() {} };
  const jobs: MailJobs = {
    define: (_name, definition) => {
      run = async (payload) =>
        definition.handler(definition.schema.parse(JSON.parse(JSON.stringify(payload))), context);
    },
    async enqueue(_name, payload, options = {}) {
      queued.push({ payload, options });
      return "job";
    },
  };
  return { jobs, queued, work: async () => Promise.all(queued.map(({ payload }) => run(payload))) };
}

describe("Mail", () => {
  it("sends now and returns the id", async () => {
    const { mail, sender } = setUp();

    const { id } = await mail.send(message);

    expect(sender.sent.map((sent) => sent.id)).toEqual([id]);
  });

  it("rejects if the sender does", async () => {
    const sender: Sender = { send: () => Promise.reject(new Error("full")) };

    await expect(setUp({ sender }).mail.send(message)).rejects.toThrow("full");
  });

  it("returns who was refused although others got the message, and logs it without addresses", async () => {
    const lines: object[] = [];
    const refused = [{ address: "bob@example.com", isFinal: true, reason: "550 no such user" }];
    const sender: Sender = { send: async () => ({ id: "1", refused }) };
    const log = { ...silentLogger, error: (facts: object) => void lines.push(facts) };

    const result = await setUp({ sender, log }).mail.send({ ...message, to: ["ada@example.com", "bob@example.com"] });

    expect(result).toEqual({ id: "1", refused });
    expect(lines).toMatchObject([
      { refused: [{ recipient: "b…@example.com", isFinal: true, reason: "550 no such user" }] },
    ]);
  });

  it("rejects if the sender refuses everybody", async () => {
    const refused = [{ address: "ada@example.com", isFinal: true, reason: "550 no such user" }];
    const sender: Sender = { send: async () => ({ id: "1", refused }) };

    const sent = setUp({ sender }).mail.send(message);

    await expect(sent).rejects.toMatchObject({ code: "MAIL_RECIPIENTS_REFUSED", refused });
    await expect(sent).rejects.toThrow("a…@example.com for good (550 no such user)");
  });

  it("gives up on a sender that never answers", async () => {
    const sender: Sender = { send: () => new Promise(() => {}) };

    await expect(setUp({ sender, timeoutMs: 20 }).mail.send(message)).rejects.toMatchObject({
      code: "MAIL_SEND_TIMED_OUT",
    });
  });

  it("uses an app's own version of a built-in message", () => {
    const welcome = () => message;

    expect(setUp({ messages: { welcome } }).mail.messages.welcome).toBe(welcome);
  });

  it("rejects messages after it is closed", async () => {
    const { mail } = setUp();

    await mail.close();

    await expect(mail.send(message)).rejects.toMatchObject({ code: "MAIL_CLOSED" });
  });
});

describe("Mail.sendLater", () => {
  it("delivers through the job queue with the id it returned", async () => {
    const { jobs, queued, work } = heldJobs();
    const { mail, sender } = setUp({ jobs });

    const { id } = await mail.sendLater(message, { delayMs: 500 });
    const before = sender.sent.length;
    await work();

    expect(before).toBe(0);
    expect(queued[0]?.options).toEqual({ delayMs: 500, uniqueKey: `mail:${id}` });
    expect(sender.sent).toMatchObject([{ id, subject: "Hi" }]);
  });

  it("seals queued messages, so that a stolen database reveals no links", async () => {
    const { jobs, queued, work } = heldJobs();
    const sealer = {
      seal: (text: string) => Buffer.from(text).toString("base64"),
      open: (sealed: string) => Buffer.from(sealed, "base64").toString(),
    };
    const { mail, sender } = setUp({ jobs, sealer });

    await mail.sendLater({ ...message, text: "https://app.example/reset?token=t" });
    await work();

    expect(JSON.stringify(queued)).not.toContain("token=t");
    expect(sender.sent).toHaveLength(1);
  });

  it("fails the job if the message can't be unsealed", async () => {
    const { jobs, work } = heldJobs();
    const { mail } = setUp({ jobs, sealer: { seal: (text) => text, open: () => null } });

    await mail.sendLater(message);

    await expect(work()).rejects.toMatchObject({ code: "MAIL_QUEUED_UNREADABLE" });
  });

  it("rejects an invalid message right away", async () => {
    await expect(setUp().mail.sendLater({ ...message, to: "" })).rejects.toThrow("recipient required");
  });

  it("delivers in this process if there is no job queue", async () => {
    const { mail, sender } = setUp();

    await mail.sendLater(message);
    await mail.close();

    expect(sender.sent).toHaveLength(1);
  });

  it("tries again in this process, but only the recipients who were refused for now", async () => {
    const tried: string[][] = [];
    const sender: Sender = {
      async send({ id, to }) {
        tried.push(to.map(({ address }) => address));
        if (tried.length > 2) return { id };
        return { id, refused: [{ address: "bob@example.com", isFinal: false, reason: "451 later" }] };
      },
    };
    const { mail } = setUp({ sender, retries: { baseMs: 1 } });

    await mail.sendLater({ ...message, to: ["ada@example.com", "bob@example.com"] });

    await expect
      .poll(() => tried)
      .toEqual([["ada@example.com", "bob@example.com"], ["bob@example.com"], ["bob@example.com"]]);
    await mail.close();
  });

  it("waits for the commit if there is no job queue", async () => {
    const held: (() => void | Promise<void>)[] = [];
    const { mail, sender } = setUp({ afterCommit: (action) => held.push(action) > 0 });

    await mail.sendLater(message);
    const before = sender.sent.length;
    for (const action of held) await action();
    await mail.close();

    expect([before, sender.sent.length]).toEqual([0, 1]);
  });
});
