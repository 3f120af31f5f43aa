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

describe("managing accounts", () => {
  it("records who was added, changed, disabled, enabled and deleted", async () => {
    const test = createTestApp();
    const added = await test.auth.addUser(ann);
    const userId = added.ok ? added.user.id : "";

    await test.auth.changeRole(userId, "admin");
    await test.auth.disable(userId);
    await test.auth.enable(userId);
    await test.auth.deleteUser(userId);

    const entries = await test.audit.list(userId, 50);
    expect(entries.map(({ action }) => action).sort()).toEqual([
      "account-deleted",
      "account-disabled",
      "account-enabled",
      "registered",
      "role-changed",
    ]);
    expect(entries.find(({ action }) => action === "role-changed")?.details).toEqual({ role: "admin" });
  });

  it("ends the sessions of an account that changes its role, is disabled or deleted", async () => {
    const test = createTestApp();
    const added = await test.auth.addUser(ann);
    const userId = added.ok ? added.user.id : "";
    const statuses = [];

    const actions = [
      () => test.auth.changeRole(userId, "admin"),
      () => test.auth.disable(userId),
      () => test.auth.deleteUser(userId),
    ];
    for (const act of actions) {
      await test.auth.enable(userId);
      const visitor = await logInAnn(test);
      const before = (await visitor.visit("/account")).status;
      await act();
      statuses.push([before, (await visitor.visit("/account")).status]);
    }

    expect(statuses).toEqual([
      [200, 303],
      [200, 303],
      [200, 303],
    ]);
  });
});
