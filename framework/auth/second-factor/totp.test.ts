import { describe, expect, it } from "vitest";
import { createTotpSecret, toBase32, totpCode, totpStep, totpUrl } from "./totp.ts";

const secret = toBase32(Buffer.from("12345678901234567890"));

describe("totpCode", () => {
  // The last six of the eight digits of RFC 6238, appendix B.
  it.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ])("is that of the standard at second %i", (second, code) => {
    expect(totpCode(secret, second * 1000)).toBe(code);
  });
});

describe("totpStep", () => {
  const now = 1111111111_000;

  it("accepts codes of the steps before and after", () => {
    const codes = [-30_000, 0, 30_000].map((distance) => totpCode(secret, now + distance));

    expect(codes.map((code) => totpStep(secret, code, now))).toEqual([37037036, 37037037, 37037038]);
  });

  it.each([totpCode(secret, now + 60_000), totpCode(secret, now - 60_000), "", "50471", "0504711", "abcdef"])(
    "finds nothing for %j",
    (code) => {
      expect(totpStep(secret, code, now)).toBeNull();
    },
  );
});

describe("totpUrl", () => {
  it("includes the app and the account, whatever characters they contain", () => {
    const url = new URL(totpUrl({ secret: "ABC", email: "a&b@example.com", appName: "Team: board?" }));

    expect(url.searchParams.get("issuer")).toBe("Team: board?");
    expect(decodeURIComponent(url.pathname)).toContain("a&b@example.com");
  });
});

describe("createTotpSecret", () => {
  it("returns 160 random bits", () => {
    expect(createTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(createTotpSecret()).not.toBe(createTotpSecret());
  });
});
