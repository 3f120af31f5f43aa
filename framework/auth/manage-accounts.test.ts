import { describe, expect, it } from "vitest";
import { ann, createTestApp, logInAnn } from "./test-app.tsx";

describe("auth.addUser", () => {
  it("creates an account that can log in immediately", async () => {
    const test = createTestApp();

    const added = await test.auth.addUser({ ...ann, email: " Ann@Example.com", role: "admin" });
    const visitor = await logInAnn(test);

    expect(added).toMatchObject({ ok: true, user: { email: ann.email, role: "admin" } });
    expect((await visitor.visit("/account")).status).toBe(200);
  });

  it("leaves an existing account with the same address unchanged", async () => {
    const test = createTestApp();
    await test.auth.addUser(ann);

    const again = await test.auth.addUser({ ...ann, role: "admin", password: "another long phrase" });

    expect(again).toEqual({ ok: false, reason: "taken" });
    expect((await test.auth.users.findByEmail(ann.email))?.role).toBe("member");
  });

  it("lets nobody log in to an account without a password", async () => {
    const test = createTestApp();
    await test.auth.addUser({ email: ann.email, name: ann.name });

    const visitor = await logInAnn(test, { password: "" });

    expect((await visitor.visit("/account")).status).toBe(303);
  });
});
