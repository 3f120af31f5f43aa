import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createLogger, type LoggedError } from "../base/index.ts";
import { afterCommit } from "../db/index.ts";
import { createKit } from "./create-kit.ts";
import type { Kit } from "./kit.ts";

interface Line {
  readonly msg: string;
  readonly err?: LoggedError;
}

const opened: Kit[] = [];
const patience = { timeout: 10_000, interval: 10 };

afterEach(async () => {
  for (const kit of opened.splice(0)) await kit.close();
});

/** A kit whose mail server refuses everything, and what it has logged. */
async function start() {
  const lines: Line[] = [];
  const app = new Hono();
  const send = () => Promise.reject(new Error("mailbox full", { cause: new Error("552") }));
  const kit = await createKit(app, {
    dev: true,
    authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
    databaseUrl: "sqlite::memory:",
    log: createLogger({ destination: { write: (line: string) => void lines.push(JSON.parse(line)) } }),
    mail: { sender: { send } },
    jobs: { pollMs: 20 },
  });
  opened.push(kit);
  const logged = (text: string) => lines.find(({ msg }) => msg === text)?.err;
  return { app, kit, logged };
}

const message = { to: "ann@example.com", subject: "Hello", text: "Hello" };

describe("the log", () => {
  it("has the error of a job, with its stack and cause", async () => {
    const { kit, logged } = await start();
    const words = kit.jobs.define("words", {
      schema: z.object({}),
      attempts: 1,
      handler: () => Promise.reject(new TypeError("no words", { cause: new Error("dictionary away") })),
    });

    await kit.jobs.enqueue(words, {});

    await expect
      .poll(() => logged("a job failed permanently"), patience)
      .toMatchObject({
        ...{ type: "TypeError", message: "no words", stack: expect.stringContaining("logged-failures.test.ts") },
        cause: { message: "dictionary away" },
      });
  });

  it("has the error of a mail that is sent at once, and of a queued one", async () => {
    const { kit, logged } = await start();

    await kit.mail.send(message).catch(() => undefined);
    await kit.mail.sendLater(message);

    const refused = { message: "mailbox full", stack: expect.any(String), cause: { message: "552" } };
    expect(logged("mail could not be sent")).toMatchObject(refused);
    await expect.poll(() => logged("a job failed and will be retried"), patience).toMatchObject(refused);
  });

  it("has the error of an after-commit action", async () => {
    const { kit, logged } = await start();

    await kit.db.transaction().execute(async () => {
      afterCommit(() => Promise.reject(new Error("search index away")));
    });

    expect(logged("an after-commit action failed")).toMatchObject({
      message: "search index away",
      stack: expect.stringContaining("logged-failures.test.ts"),
    });
  });

  it("has the error of a listener for ended sessions", async () => {
    const { kit, logged } = await start();
    kit.auth.onSessionEnd(() => Promise.reject(new Error("listener broke")));
    const added = await kit.auth.addUser({ email: "ann@example.com", name: "Ann" });
    if (!added.ok) throw new Error("The user wasn't added.");

    const started = await kit.auth.sessions.start({
      ...{ userId: added.user.id, isRemembered: false, address: "127.0.0.1", userAgent: "" },
    });
    await kit.auth.sessions.end(added.user.id, started.session.id, "logout");

    expect(logged("an onSessionEnd listener failed")).toMatchObject({ message: "listener broke" });
  });
});
