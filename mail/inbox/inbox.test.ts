import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ReadyMessage } from "../message/ready-message.ts";
import { createInbox, type Inbox, type InboxOptions } from "./inbox.ts";

const open: Inbox[] = [];
afterEach(() => {
  for (const inbox of open.splice(0)) inbox.close();
});

function openInbox(options: InboxOptions = {}): Inbox {
  const inbox = createInbox(options);
  open.push(inbox);
  return inbox;
}

function mail(subject: string, at = 0): ReadyMessage {
  return {
    id: crypto.randomUUID(),
    at,
    from: { name: "App", address: "app@example.com" },
    to: [{ name: "Ada", address: "ada@example.com" }],
    cc: [],
    bcc: [],
    replyTo: [],
    subject,
    text: "The body",
    headers: {},
    attachments: [],
  };
}

const subjects = (inbox: Inbox, search?: string) =>
  inbox.list(search === undefined ? {} : { search }).map(({ subject }) => subject);
const newFolder = () => mkdtempSync(join(tmpdir(), "inbox-"));

describe("Inbox", () => {
  it("lists the newest first", async () => {
    const inbox = openInbox();

    await inbox.add(mail("old", 1));
    await inbox.add(mail("new", 2));
    await inbox.add(mail("newest", 2));

    expect(subjects(inbox)).toEqual(["newest", "new", "old"]);
  });

  it("finds words in subject, addresses and text", async () => {
    const inbox = openInbox();
    await inbox.add(mail("Reset your password"));
    await inbox.add(mail("Welcome"));

    expect(subjects(inbox, "RESET ada")).toEqual(["Reset your password"]);
    expect(subjects(inbox, "body")).toHaveLength(2);
    expect(subjects(inbox, "nothing")).toEqual([]);
  });

  it("drops the oldest message and its file when it is full", async () => {
    const folder = newFolder();
    const inbox = openInbox({ folder, max: 2 });

    await inbox.add(mail("one", 1));
    await inbox.add(mail("two", 2));
    await inbox.add(mail("three", 3));

    expect(subjects(inbox)).toEqual(["three", "two"]);
    await expect.poll(() => readdirSync(folder).length).toBe(2);
  });

  it("keeps messages across restarts", async () => {
    const folder = newFolder();
    await openInbox({ folder }).add(mail("kept"));

    expect(subjects(openInbox({ folder }))).toEqual(["kept"]);
  });

  it("notices messages that another process puts into the folder", async () => {
    const folder = newFolder();
    const inbox = openInbox({ folder });
    const arrived = new Promise<string>((resolve) => inbox.onMail(({ subject }) => resolve(subject)));

    await openInbox({ folder }).add(mail("from elsewhere"));

    await expect(arrived).resolves.toBe("from elsewhere");
  });

  it("skips a file that can't be read", () => {
    const folder = newFolder();
    writeFileSync(join(folder, "8f14e45f-ceea-467f-a0e6-2d1b5a6a0f11.json"), "{broken");

    expect(subjects(openInbox({ folder }))).toEqual([]);
  });

  it("reports the change when it is cleared", async () => {
    const folder = newFolder();
    const inbox = openInbox({ folder });
    await inbox.add(mail("one"));
    let changes = 0;
    inbox.onChange(() => {
      changes += 1;
    });

    await inbox.clear();

    expect([subjects(inbox).length, readdirSync(folder).length, changes]).toEqual([0, 0, 1]);
  });

  it("doesn't call a listener that was removed", async () => {
    const inbox = openInbox();
    const heard: string[] = [];
    inbox.onMail(({ subject }) => heard.push(subject))();

    await inbox.add(mail("unheard"));

    expect(heard).toEqual([]);
  });
});
