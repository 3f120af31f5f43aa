import { describe, expect, it } from "vitest";
import { createRateLimit } from "./rate-limit.ts";

describe("createRateLimit", () => {
  it("lets one pass, and the next one after the interval", () => {
    let now = 0;
    const mayPass = createRateLimit(4, () => now);

    const passed = [0, 100, 249, 250, 499, 500].map((at) => {
      now = at;
      return mayPass();
    });

    expect(passed).toEqual([true, false, false, true, false, true]);
  });

  it("lets all pass at 0", () => {
    const mayPass = createRateLimit(0, () => 0);

    expect([mayPass(), mayPass(), mayPass()]).toEqual([true, true, true]);
  });
});
