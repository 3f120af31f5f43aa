import { describe, expect, it } from "vitest";
import { configFromEnvironment } from "./environment.ts";

describe("configFromEnvironment", () => {
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
