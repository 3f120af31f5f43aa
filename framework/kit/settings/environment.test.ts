import { describe, expect, it } from "vitest";
import { configFromEnvironment, serveOptionsFromEnvironment } from "./environment.ts";

describe("serveOptionsFromEnvironment", () => {
  it("leaves the times to the defaults", () => {
    expect(serveOptionsFromEnvironment({ GRACE_MS: "" })).toEqual({ port: 3000, host: "127.0.0.1" });
  });

  it("reads the times of stopping, of idle connections and of whole requests", () => {
    const slow = { REQUEST_TIMEOUT_MS: "120000" };
    const environment = { PORT: "80", GRACE_MS: "60000", LAME_DUCK_MS: "0", KEEP_ALIVE_MS: "610000", ...slow };

    expect(serveOptionsFromEnvironment(environment)).toEqual({
      port: 80,
      host: "127.0.0.1",
      graceMs: 60_000,
      lameDuckMs: 0,
      keepAliveMs: 610_000,
      requestTimeoutMs: 120_000,
    });
  });

  it("refuses a time that isn't a number of milliseconds", () => {
    expect(() => serveOptionsFromEnvironment({ GRACE_MS: "30s" })).toThrow(/GRACE_MS is "30s"/);
  });
});

describe("NODE_ENV", () => {
  it.each([undefined, "", "production", "test", "Development", "dev"])(
    "takes NODE_ENV=%s for production",
    (NODE_ENV) => {
      expect(configFromEnvironment(NODE_ENV === undefined ? {} : { NODE_ENV }).dev).toBe(false);
    },
  );

  it("turns on development for NODE_ENV=development only", () => {
    expect(configFromEnvironment({ NODE_ENV: "development" }).dev).toBe(true);
  });
});
