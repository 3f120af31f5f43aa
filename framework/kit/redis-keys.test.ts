import { describe, expect, it } from "vitest";
import { redisKeys } from "./redis-keys.ts";

describe("redisKeys", () => {
  it("begin with the app's name, so that two apps on one Redis do not meet", () => {
    expect(redisKeys({ appName: "Team Board!" })).toEqual({
      events: "team-board:events",
      limits: "team-board:limits",
      jobs: "team-board:jobs",
    });
  });

  it("begin with a prefix of the app's own where there is one", () => {
    expect(redisKeys({ appName: "Board", redisPrefix: "b2" }).events).toBe("b2:events");
  });

  it("have a name when the app has none", () => {
    expect(redisKeys({}).jobs).toBe("buffkit:jobs");
    expect(redisKeys({ appName: "!" }).jobs).toBe("buffkit:jobs");
  });
});
