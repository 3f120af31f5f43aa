import { describe, expect, it } from "vitest";
import { createTestApp, registerAnn, Visitor } from "../test-app.tsx";

const token = "x".repeat(43);

describe("a page with a token in its URL", () => {
  it.each([
    ["GET", "/reset-password"],
    ["POST", "/reset-password"],
    ["GET", "/verify-email"],
    ["POST", "/verify-email"],
    ["GET", "/change-email"],
    ["POST", "/change-email"],
  ])("tells no other site and no cache: %s %s", async (method, path) => {
    const test = createTestApp();
    await registerAnn(test);
    const visitor = new Visitor(test.app);
    const form = method === "POST" ? { form: { token } } : {};

    const { headers } = await visitor.visit(`${path}?token=${token}`, form);

    expect([headers.get("Referrer-Policy"), headers.get("Cache-Control")]).toEqual(["no-referrer", "no-store"]);
  });
});
