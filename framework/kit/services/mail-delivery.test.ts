import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSmtpSender } from "../../../mail/index.ts";
import { createLogger } from "../../base/index.ts";
import { freePort } from "../../test-support/free-port.ts";
import { createKit } from "../create-kit.ts";
import type { Kit } from "../kit.ts";

const patience = { timeout: 30_000, interval: 20 };
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const disposables: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of disposables.splice(0).reverse()) await close();
});

interface Delivery {
  readonly to: readonly string[];
  readonly raw: string;
}

/** A mail server that refuses addresses by their first word: `gone@` for good, `busy@` for now. */
async function startServer(port: number) {
  const state = { isBusyOver: false, isGoneBack: false };
  const deliveries: Delivery[] = [];
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    onRcptTo({ address }, _session, done) {
      const refusal = new Error(`5.1.1 <${address}>: unknown user`);
      if (address.startsWith("gone") && !state.isGoneBack) return done(Object.assign(refusal, { responseCode: 550 }));
      if (address.startsWith("busy") && !state.isBusyOver) {
        return done(Object.assign(new Error(`4.7.1 <${address}>: come back later`), { responseCode: 451 }));
      }
      done();
    },
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      deliveries.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        raw: Buffer.concat(chunks).toString(),
      });
      done();
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  disposables.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { state, deliveries };
}

describe("mail sent later", () => {
  let port: number;
  let databaseUrl: string;
  let logged: string[];
  const clock = { time: 0, now: () => clock.time };

  beforeEach(async () => {
    port = await freePort();
    databaseUrl = `sqlite:${join(mkdtempSync(join(tmpdir(), "mail-delivery-")), "app.db")}`;
    logged = [];
    clock.time = Date.UTC(2030, 0, 1);
  });

  async function startKit(): Promise<Kit> {
    const kit = await createKit(new Hono(), {
      dev: true,
      ...{ databaseUrl, clock },
      authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
      log: createLogger({ destination: { write: (line: string) => void logged.push(line) } }),
      mail: { sender: createSmtpSender(`smtp://127.0.0.1:${port}`, { acceptAnyCertificate: true }) },
      jobs: { pollMs: 20 },
    });
    disposables.push(() => kit.close());
    return kit;
  }

  const attemptsOf = async (kit: Kit) => (await kit.jobs.list("delayed")).find(({ name }) => name === "mail.deliver");
  const send = (kit: Kit, to: string | string[]) => kit.mail.sendLater({ to, subject: "News", text: "Hello" });

  it("is sent again to the recipient who was refused for now, and to nobody else, also after a restart", async () => {
    const { state, deliveries } = await startServer(port);
    const first = await startKit();
    await send(first, ["good@example.com", "busy@example.com"]);
    await expect.poll(async () => (await attemptsOf(first))?.attempts, patience).toBe(1);
    await first.close();
    state.isBusyOver = true;
    clock.time += 5 * minuteMs;

    const second = await startKit();

    await expect.poll(async () => (await second.jobs.list("done")).length, patience).toBe(1);
    expect(deliveries.map(({ to }) => to)).toEqual([["good@example.com"], ["busy@example.com"]]);
    const lines = deliveries.map(({ raw }) => [/^To: .*/m.exec(raw)?.[0], /^Message-ID: .*/im.exec(raw)?.[0]]);
    expect(lines[1]).toEqual(lines[0]);
    expect(lines[0]?.[0]).toBe("To: good@example.com, busy@example.com");
  });

  it("is dead for a recipient who was refused for good, and a retry of the job is for them alone", async () => {
    const { state, deliveries } = await startServer(port);
    const kit = await startKit();
    await send(kit, ["good@example.com", "gone@example.com"]);
    await expect.poll(async () => (await kit.jobs.dead()).length, patience).toBe(1);
    const [dead] = await kit.jobs.dead();

    state.isGoneBack = true;
    await kit.jobs.retry(dead?.id ?? "");

    await expect.poll(async () => (await kit.jobs.list("done")).length, patience).toBe(1);
    expect(dead).toMatchObject({ attempts: 1, lastError: expect.stringContaining("go…@example.com for good (550") });
    expect(deliveries.map(({ to }) => to)).toEqual([["good@example.com"], ["gone@example.com"]]);
    expect(logged.filter((line) => line.includes("a job failed permanently"))).toHaveLength(1);
    expect(`${dead?.lastError} ${logged.join()}`).not.toMatch(/(good|gone)@/);
  });

  it("tells at once who was refused for good, and remembers it while others are tried again", async () => {
    const { state, deliveries } = await startServer(port);
    const kit = await startKit();
    await send(kit, ["gone@example.com", "busy@example.com"]);
    await expect.poll(async () => (await attemptsOf(kit))?.attempts, patience).toBe(1);
    const told = logged.filter((line) => line.includes("a recipient of a mail was refused"));
    state.isBusyOver = true;

    clock.time += minuteMs;

    await expect.poll(async () => (await kit.jobs.dead()).length, patience).toBe(1);
    expect(told).toHaveLength(1);
    expect(deliveries.map(({ to }) => to)).toEqual([["busy@example.com"]]);
    expect((await kit.jobs.dead())[0]?.lastError).toMatch(/go…@example\.com for good \(550[^;]*\)$/m);
  });

  it("arrives after the mail server was away for more than a day", async () => {
    const kit = await startKit();
    await send(kit, "ann@example.com");
    await expect.poll(async () => (await attemptsOf(kit))?.attempts, patience).toBe(1);
    const awayUntil = clock.time + 26 * hourMs;
    for (let attempts = 2; clock.time < awayUntil; attempts++) {
      clock.time = (await attemptsOf(kit))?.runAt ?? awayUntil;
      await expect.poll(async () => (await attemptsOf(kit))?.attempts, patience).toBe(attempts);
    }

    const { deliveries } = await startServer(port);
    clock.time += 2 * hourMs;

    await expect.poll(() => deliveries.map(({ to }) => to), patience).toEqual([["ann@example.com"]]);
  }, 60_000);

  it("is dead after 42 attempts in almost three days", async () => {
    const kit = await startKit();
    const begunAt = clock.time;
    await send(kit, "ann@example.com");

    for (let attempts = 1; attempts < 42; attempts++) {
      await expect.poll(async () => (await attemptsOf(kit))?.attempts, patience).toBe(attempts);
      clock.time = (await attemptsOf(kit))?.runAt ?? clock.time;
    }

    await expect.poll(async () => (await kit.jobs.dead()).map(({ attempts }) => attempts), patience).toEqual([42]);
    expect(clock.time - begunAt).toBeGreaterThan(54 * hourMs);
    expect(clock.time - begunAt).toBeLessThan(72 * hourMs);
  }, 60_000);
});
