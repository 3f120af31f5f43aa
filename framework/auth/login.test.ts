import { describe, expect, it } from "vitest";
import { createTestApp, logInAnn, registerAnn, Visitor } from "./test-app.tsx";

describe("readSession", () => {
  it("leaves a session cookie that no session has, because another request may just have replaced it", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const stranger = new Visitor(test.app);
    stranger.cookies.set("__Host-sid", "x".repeat(43));
    const member = await logInAnn(test);

    await stranger.visit("/login");
    await member.visit("/account");

    expect([stranger.cookies.has("__Host-sid"), member.cookies.has("__Host-sid")]).toEqual([true, true]);
  });
});
