import { describe, expect, it } from "vitest";
import { createTestApp } from "../test-app.ts";

describe("request log", () => {
  it("logs method, path, status and time, with secrets redacted and control characters escaped", async () => {
    const { app, lines } = createTestApp();
    app.get("/items", (c) => c.text("ok"));

    await app.request("/items?token=hidden&q=a%0a");
    await app.request("/items\u001b[31m");

    expect(lines[0]).toMatch(/^GET +200 +[\d.]+ ms \/items\?token=\[redacted\]&q=a%0a$/);
    expect(lines.join("\n")).not.toContain("hidden");
    expect(lines.join("\n")).not.toContain("\u001b");
  });
});
