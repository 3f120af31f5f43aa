import { describe, expect, it } from "vitest";
import { redactHeaders, redactUrl } from "./redact.ts";

describe("redactHeaders", () => {
  it("redacts cookies, authorization and tokens, and secrets in URLs", () => {
    const headers = new Headers({
      Cookie: "a",
      Authorization: "b",
      "X-CSRF-Token": "c",
      Accept: "text/html",
      Referer: "http://x.de/reset?token=d",
    });

    expect(Object.fromEntries(redactHeaders(headers))).toEqual({
      accept: "text/html",
      authorization: "[redacted]",
      cookie: "[redacted]",
      referer: "http://x.de/reset?token=[redacted]",
      "x-csrf-token": "[redacted]",
    });
  });
});

describe("redactUrl", () => {
  it("redacts parameters that look like secrets and keeps the rest", () => {
    expect(redactUrl("/a?page=2&reset_token=abc&password=x#y")).toBe(
      "/a?page=2&reset_token=[redacted]&password=[redacted]#y",
    );
  });
});
