import type { Context } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger, systemClock } from "../base/index.ts";
import { MemoryBackplane } from "./backplane/memory-backplane.ts";
import { RedisBackplane } from "./backplane/redis-backplane.ts";
import { resolveBrokerOptions } from "./broker-options.ts";

const request = {} as Context;

describe("resolveBrokerOptions", () => {
  it("fills in the defaults that the options document", () => {
    const { identify, explainRefusal, warnAboutTopic, headers, clientAddress, backplane, signer, ...values } =
      resolveBrokerOptions({});

    expect(values).toEqual({
      log: silentLogger,
      clock: systemClock,
      dev: false,
      authorizeTopic: null,
      afterCommit: null,
      limits: {
        connections: 20_000,
        connectionsPerUser: 10,
        connectionsPerAddress: 100,
        topics: 128,
        waitingBytes: 256 * 1024 * 1024,
        backplaneMessages: 10_000,
        backplaneBytes: 32 * 1024 * 1024,
        logEntries: 8192,
        logBytes: 32 * 1024 * 1024,
        logAgeMs: 5 * 60_000,
      },
      loginPath: "/login",
      heartbeatMs: 25_000,
      flushMs: 0,
      flushShare: 0.5,
      stallMs: 10_000,
      maxLifeMs: 9 * 60_000,
      retryMs: 1000,
      spreadMs: 10_000,
      gzip: false,
      presence: null,
      regions: null,
      isAlone: true,
    });
    expect([identify(request), headers(request), clientAddress(request)]).toEqual([{}, {}, ""]);
    expect([explainRefusal("a"), warnAboutTopic("a")]).toEqual(["authorizeTopic refused it", undefined]);
    expect(backplane).toBeInstanceOf(MemoryBackplane);
  });

  it("keeps what is given", () => {
    const given = {
      dev: true,
      loginPath: "/in",
      heartbeatMs: 1,
      flushMs: 2,
      flushShare: 1,
      stallMs: 3,
      maxLifeMs: 4,
      retryMs: 5,
      spreadMs: 6,
      gzip: true,
      backplane: new MemoryBackplane(),
      clock: { now: () => 0 },
    };

    expect(resolveBrokerOptions(given)).toMatchObject({ ...given, isAlone: false });
    expect(resolveBrokerOptions({ limits: { topics: 1 } }).limits).toMatchObject({ topics: 1, connections: 20_000 });
  });

  it("lets members of a topic be away for three seconds", () => {
    const watches = (topic: string) => topic === "room";

    const { presence } = resolveBrokerOptions({ presence: { watches } });

    expect(presence).toMatchObject({ watches, graceMs: 3000 });
    expect(presence?.onChange({ topic: "room", member: "ann", isHere: true })).toBeUndefined();
    expect(resolveBrokerOptions({ presence: { watches, graceMs: 1 } }).presence?.graceMs).toBe(1);
  });

  it("connects several nodes by Redis, so that a node isn't alone", () => {
    const settings = resolveBrokerOptions({ redisUrl: "redis://127.0.0.1:1" });

    expect([settings.backplane instanceof RedisBackplane, settings.isAlone]).toEqual([true, false]);
    expect(resolveBrokerOptions({ redisUrl: "" }).isAlone).toBe(true);
  });
});
