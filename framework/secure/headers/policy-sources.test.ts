import { describe, expect, it } from "vitest";
import { allowsUrl, sourcesOf } from "./policy-sources.ts";

describe("sourcesOf", () => {
  it("reads the sources of one directive", () => {
    const policy = "default-src 'none'; Form-Action 'self'  https://pay.example; base-uri 'none'";

    expect(sourcesOf(policy, "form-action")).toEqual(["'self'", "https://pay.example"]);
    expect(sourcesOf(policy, "img-src")).toBeUndefined();
  });
});

describe("allowsUrl", () => {
  it.each([
    ["'self'", "https://app.example/x", true],
    ["'self'", "http://app.example/x", false],
    ["'none'", "https://app.example/x", false],
    ["https://pay.example", "https://pay.example/x?y", true],
    ["https://pay.example/some/path", "https://pay.example/x", true],
    ["https://pay.example", "https://pay.example.evil.example/", false],
    ["https://pay.example", "https://pay.example:8443/", false],
    ["https://pay.example:8443", "https://pay.example:8443/", true],
    ["http://localhost:*", "http://localhost:4242/", true],
    ["pay.example", "https://pay.example/", true],
    ["https://*.pay.example", "https://eu.pay.example/", true],
    ["https://*.pay.example", "https://pay.example/", false],
    ["https:", "https://pay.example/", true],
    ["https:", "http://pay.example/", false],
    ["*", "https://pay.example/", true],
    ["*", "data:text/html,x", false],
    ["*", "shttp://pay.example/", false],
    ["!!://pay.example", "https://pay.example/", false],
  ])("%s allows %s: %s", (source, url, expected) => {
    expect(allowsUrl([source], new URL(url), "https://app.example")).toBe(expected);
  });
});
