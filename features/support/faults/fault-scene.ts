import { expect } from "@playwright/test";
import { type DeadMailFindings, silenceMailServer } from "../../reliability/dead-mail-server.ts";
import { type EndedFindings, endServerWithJob } from "../../reliability/ended-server.ts";
import { type FullDiskFindings, fillDisk } from "../../reliability/full-disk.ts";
import type { ProxyName } from "../../reliability/guide-proxy.ts";
import { type KilledFindings, killWriters } from "../../reliability/killed-writers.ts";
import { type LockedFindings, lockDatabase } from "../../reliability/locked-database.ts";
import { type RedisFindings, restartRedis } from "../../reliability/restarted-redis.ts";
import { type RollingFindings, restartRolling } from "../../reliability/rolling-restart.ts";
import { type Stall, type StalledFindings, stopStalled } from "../../reliability/stalled-stop.ts";
import { dieUntold, type UntoldFindings } from "../../reliability/untold-commit.ts";
import { Slot } from "../slot.ts";

/** What each fault did to a running server. */
export class FaultScene {
  readonly #locked = new Slot<LockedFindings>("a locked database");
  readonly #fullDisk = new Slot<FullDiskFindings>("a full disk");
  readonly #killed = new Slot<KilledFindings>("killed writers");
  readonly #deadMail = new Slot<DeadMailFindings>("a dead mail server");
  readonly #redis = new Slot<RedisFindings>("a restarted Redis");
  readonly #untold = new Slot<UntoldFindings>("a commit that nobody was told of");
  readonly #rolled = new Slot<RollingFindings>("a rolling restart");
  readonly #stalled = new Slot<StalledFindings>("a stalled shutdown");
  readonly #ended = new Slot<EndedFindings>("a shutdown");

  async lockDatabase(lockMs: number): Promise<void> {
    this.#locked.value = await lockDatabase(lockMs);
  }

  expectAllWritten(): void {
    const { statuses, missing } = this.#locked.value;
    expect(Object.keys(statuses).sort()).toEqual(["200", "201"]);
    expect(missing).toBe(0);
  }

  expectLag(withinMs: number): void {
    const { lagP99Ms, machineLagP99Ms } = this.#locked.value;
    expect(lagP99Ms).toBeLessThan(machineLagP99Ms + withinMs);
  }

  async fillDisk(): Promise<void> {
    this.#fullDisk.value = await fillDisk();
  }

  expectWriteRefused(): void {
    const { refused, tellsInside } = this.#fullDisk.value;
    expect([refused, tellsInside]).toEqual([507, false]);
  }

  expectReadsAndStreams(): void {
    const { read, hasStreamed } = this.#fullDisk.value;
    expect([read, hasStreamed]).toEqual([200, true]);
  }

  expectRecovery(): void {
    const { afterwards, lost, integrity } = this.#fullDisk.value;
    expect([afterwards, lost, integrity]).toEqual([201, 0, "ok"]);
  }

  async killWriters(rounds: number): Promise<void> {
    this.#killed.value = await killWriters(rounds);
  }

  expectNothingLost(): void {
    expect(this.#killed.value).toMatchObject({ lost: 0, halves: 0, integrity: "ok" });
  }

  async silenceMailServer(): Promise<void> {
    this.#deadMail.value = await silenceMailServer();
  }

  expectMailDelivered(slowestBelowMs: number): void {
    const { status, delivered, sent, slowestMs } = this.#deadMail.value;
    expect([status, delivered]).toEqual([202, sent]);
    expect(slowestMs).toBeLessThan(slowestBelowMs);
  }

  async restartRedis(awayMs: number): Promise<void> {
    this.#redis.value = await restartRedis(awayMs);
  }

  expectJobsRun(): void {
    const { statuses, lost, hasDied, acknowledged } = this.#redis.value;
    expect(Object.keys(statuses)).toEqual(["200"]);
    expect([lost, hasDied]).toEqual([0, false]);
    expect(acknowledged).toBeGreaterThan(10);
  }

  async dieUntold(): Promise<void> {
    this.#untold.value = await dieUntold();
  }

  expectPagesTrue(): void {
    const { otherPageMs, heartbeatMs, ...found } = this.#untold.value;
    expect(found).toMatchObject({ wasBehind: true, isToldByOther: true, isToldBySuccessor: true });
    expect(otherPageMs).toBeLessThanOrEqual(heartbeatMs);
  }

  expectQuietGoodbye(): void {
    expect(this.#untold.value.loadsAfterGoodbye).toBe(0);
  }

  async endServerWithJobs(): Promise<void> {
    this.#ended.value = await endServerWithJob();
  }

  expectHandover(): void {
    const { exitCode, done, doneLater } = this.#ended.value;
    expect([exitCode, done.length, doneLater.length]).toEqual([0, 10, 11]);
  }

  async restartRolling(proxy: ProxyName): Promise<void> {
    this.#rolled.value = await restartRolling({ proxy, rounds: 1, requestsPerSecond: 50, streams: 40 });
  }

  expectNothingNoticed(): void {
    expect(this.#rolled.value).toMatchObject({ failed: {}, missed: 0, lostRows: 0 });
    expect(this.#rolled.value.requests).toBeGreaterThan(100);
  }

  expectExitsInTime(): void {
    const { exitCodes, slowestExitMs } = this.#rolled.value;
    expect(exitCodes).toEqual([0]);
    expect(slowestExitMs).toBeLessThan(30_000);
  }

  async stopStalled(stall: Stall): Promise<void> {
    this.#stalled.value = await stopStalled(stall);
  }

  expectExit(code: number): void {
    const { exitCode, tookMs, graceMs } = this.#stalled.value;
    expect(exitCode).toBe(code);
    expect(tookMs).toBeLessThan(graceMs);
  }
}
