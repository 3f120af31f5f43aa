import { expect } from "@playwright/test";
import { silenceMailServer } from "../reliability/dead-mail-server.ts";
import { endServerWithJob } from "../reliability/ended-server.ts";
import { cannotMount, type FullDiskFindings, fillDisk } from "../reliability/full-disk.ts";
import { killWriters } from "../reliability/killed-writers.ts";
import { type LockedFindings, lockDatabase } from "../reliability/locked-database.ts";
import { hasRedisServer, restartRedis } from "../reliability/restarted-redis.ts";
import { Given, Then, When } from "../support/test.ts";

const findings = "findings";

When("another program keeps the database locked for {int} seconds under load", async ({ scene }, seconds: number) => {
  scene.notes.set(findings, await lockDatabase(seconds * 1000));
});

Then("every request has been answered well, and everything acknowledged is there", ({ scene }) => {
  const { statuses, missing } = scene.notes.get(findings) as LockedFindings; // set by the step above
  expect(Object.keys(statuses).sort()).toEqual(["200", "201"]);
  expect(missing).toBe(0);
});

Then(
  "the server has stood still less than {int} ms longer than a process that waits for no database, but for one moment in a hundred",
  ({ scene }, ms: number) => {
    const { lagP99Ms, machineLagP99Ms } = scene.notes.get(findings) as LockedFindings;
    expect(lagP99Ms).toBeLessThan(machineLagP99Ms + ms);
  },
);

Given("a machine that lets us mount a small disk", ({ $test }) => {
  const reason = cannotMount();
  $test.skip(reason !== undefined, reason);
});

When("the disk becomes full under a running server, and is freed again", async ({ scene }) => {
  scene.notes.set(findings, await fillDisk());
});

Then("writing was refused with a page that tells nothing of the inside", ({ scene }) => {
  const { refused, tellsInside } = scene.notes.get(findings) as FullDiskFindings; // set by the step above
  expect([refused, tellsInside]).toEqual([507, false]);
});

Then("reading and live streams went on", ({ scene }) => {
  const { read, hasStreamed } = scene.notes.get(findings) as FullDiskFindings;
  expect([read, hasStreamed]).toEqual([200, true]);
});

Then("writing went on without a restart, with nothing lost and the file intact", ({ scene }) => {
  const { afterwards, lost, integrity } = scene.notes.get(findings) as FullDiskFindings;
  expect([afterwards, lost, integrity]).toEqual([201, 0, "ok"]);
});

When("the server is killed {int} times while eight clients write", async ({ scene }, rounds: number) => {
  scene.notes.set(findings, await killWriters(rounds));
});

Then("everything acknowledged is there, nothing by half, and the file intact", ({ scene }) => {
  expect(scene.notes.get(findings)).toMatchObject({ lost: 0, halves: 0, integrity: "ok" });
});

When("mails are sent to a mail server that never answers, and later both servers come back", async ({ scene }) => {
  scene.notes.set(findings, await silenceMailServer());
});

Then("each page took less than {int} ms, and every mail arrived", ({ scene }, ms: number) => {
  const found = scene.notes.get(findings) as Awaited<ReturnType<typeof silenceMailServer>>; // set by the step above
  expect(found).toMatchObject({ status: 202, delivered: found.sent });
  expect(found.slowestMs).toBeLessThan(ms);
});

Given("a machine on which Redis is installed", ({ $test }) => {
  $test.skip(!hasRedisServer(), "redis-server is not installed");
});

When("Redis is away for {int} second under load", async ({ scene }, seconds: number) => {
  scene.notes.set(findings, await restartRedis(seconds * 1000));
});

Then("no page has failed, and every acknowledged job has run", ({ scene }) => {
  const { statuses, ...found } = scene.notes.get(findings) as Awaited<ReturnType<typeof restartRedis>>;
  expect(Object.keys(statuses)).toEqual(["200"]);
  expect(found).toMatchObject({ lost: 0, hasDied: false });
  expect(found.acknowledged).toBeGreaterThan(10);
});

When("a server is told to end while ten jobs run and one waits", async ({ scene }) => {
  scene.notes.set(findings, await endServerWithJob());
});

Then("it has ended in order with ten jobs done, and the next server did the one that was left", ({ scene }) => {
  const { exitCode, done, doneLater } = scene.notes.get(findings) as Awaited<ReturnType<typeof endServerWithJob>>;
  expect([exitCode, done.length, doneLater.length]).toEqual([0, 10, 11]);
});
