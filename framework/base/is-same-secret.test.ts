import { describe, expect, it } from "vitest";
import { isSameSecret } from "./is-same-secret.ts";

describe("isSameSecret", () => {
  it("accepts the same text", () => {
    expect(isSameSecret("scrape-mé", "scrape-mé")).toBe(true);
  });

  it("refuses another text of the same length", () => {
    expect(isSameSecret("scrape-me", "scrape-mE")).toBe(false);
  });

  it("refuses the beginning of the text", () => {
    expect(isSameSecret("scrape", "scrape-me")).toBe(false);
  });
});
