import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createMemoryRateLimits } from "../../secure/index.ts";
import { createKit } from "../create-kit.ts";

describe("an app's own store for the counters of rate limits", () => {
  it("counts its attempts, and is closed with the kit", async () => {
    const keys: string[] = [];
    const inMemory = createMemoryRateLimits();
    const rateLimitStore = {
      ...inMemory,
      add: (key: string, points: number, durationMs: number) => {
        keys.push(key);
        return inMemory.add(key, points, durationMs);
      },
      close: async () => void keys.push("closed"),
    };
    const authSecret = "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe";
    const config = { dev: true, authSecret, databaseUrl: "sqlite::memory:", log: silentLogger };
    const kit = await createKit(new Hono(), { ...config, secure: { rateLimitStore } });

    await kit.limiter.consume({ name: "hello", limit: 1, windowMs: 1000 }, "ann");
    await kit.close();

    expect(keys).toEqual([expect.stringContaining("hello"), "closed"]);
  });
});
