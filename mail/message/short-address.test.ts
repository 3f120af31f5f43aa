import { describe, expect, it } from "vitest";
import { shortAddress, shortenAddresses } from "./short-address.ts";

describe("shortAddress", () => {
  it("shows at most two letters, and never the whole name", () => {
    expect(["grace@example.com", "abc@b.de", "ab@b.de", "a@b.de"].map(shortAddress)).toEqual([
      "gr…@example.com",
      "a…@b.de",
      "a…@b.de",
      "…@b.de",
    ]);
  });
});

describe("shortenAddresses", () => {
  it("finds the addresses that a mail server repeats", () => {
    expect(shortenAddresses("550 5.1.1 <Grace+x@exämple.de>: Recipient rejected; to=grace@example.com")).toBe(
      "550 5.1.1 <Gr…@exämple.de>: Recipient rejected; to=gr…@example.com",
    );
  });
});
