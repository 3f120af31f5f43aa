import { describe, expect, it } from "vitest";
import { formatPolicy } from "./content-security-policy.ts";

const directive = (policy: string, name: string) => policy.split("; ").find((one) => one.startsWith(`${name} `));

describe("formatPolicy", () => {
  it("allows our own origin, data: for images, and nothing else", () => {
    expect(formatPolicy().split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
    ]);
  });

  it("replaces a directive, removes one that has no sources, and takes others", () => {
    const policy = formatPolicy({
      replace: { "img-src": ["https://cdn.example"], "font-src": [], "media-src": ["'self'"] },
    });

    expect(directive(policy, "img-src")).toBe("img-src https://cdn.example");
    expect(policy).not.toContain("font-src");
    expect(directive(policy, "media-src")).toBe("media-src 'self'");
  });

  it("adds sources to those that are there, each once, and instead of 'none'", () => {
    const policy = formatPolicy({
      add: {
        "connect-src": ["'self'", "ws://localhost:1"],
        "object-src": ["'self'"],
        "frame-src": [],
        "media-src": ["a:"],
      },
    });

    expect(directive(policy, "connect-src")).toBe("connect-src 'self' ws://localhost:1");
    expect(directive(policy, "object-src")).toBe("object-src 'self'");
    expect(directive(policy, "media-src")).toBe("media-src a:");
    expect(policy).not.toContain("frame-src");
  });

  it("adds to what replaces a directive", () => {
    const policy = formatPolicy({ replace: { "script-src": ["'none'"] }, add: { "script-src": ["a:"] } });

    expect(directive(policy, "script-src")).toBe("script-src a:");
  });

  it("lets scripts run by their hash or nonce", () => {
    const policy = formatPolicy({ scriptHashes: ["sha256-AAAA", "sha256-BBBB"], nonce: "n0nce" });

    expect(directive(policy, "script-src")).toBe("script-src 'self' 'sha256-AAAA' 'sha256-BBBB' 'nonce-n0nce'");
  });

  it.each(["a b", "a;b", "a,b", "a\nb", "", " a", "a ", "ä"])("refuses the source %j", (source) => {
    expect(() => formatPolicy({ add: { "img-src": [source] } })).toThrow(
      expect.objectContaining({ code: "SECURE_INVALID_POLICY_SOURCE" }),
    );
    expect(() => formatPolicy({ add: { [source]: ["a:"] } })).toThrow(
      expect.objectContaining({ code: "SECURE_INVALID_POLICY_SOURCE" }),
    );
  });

  it.each(["!", "+", "-", ":", "<", "~"])("takes the character %j, next to those that end a source", (character) => {
    expect(directive(formatPolicy({ replace: { "img-src": [character] } }), "img-src")).toBe(`img-src ${character}`);
  });
});
