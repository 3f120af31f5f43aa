import { describe, expect, it } from "vitest";
import { ann, createTestApp, logInAnn, mailedToken, registerAnn, Visitor } from "../test-app.tsx";

/** Ann, logged in, and what the audit log says since then: the newest last. */
async function prepare() {
  const test = createTestApp();
  await registerAnn(test);
  const visitor = await logInAnn(test);
  const id = (await test.auth.users.findByEmail(ann.email))?.id ?? "";
  const before = (await test.audit.list(id, 50)).length;
  const actions = async () => {
    await test.settle();
    return (await test.audit.list(id, 50))
      .slice(0, -before)
      .reverse()
      .map(({ action }) => action);
  };
  return { test, visitor, id, actions };
}

describe("the audit log of an account", () => {
  it("tells what its owner did", async () => {
    const { test, visitor, actions } = await prepare();
    const other = await logInAnn(test);

    await visitor.post("/account/profile", { name: "Anna" });
    await visitor.post("/account/sessions/revoke-others");
    await visitor.post("/account/password", {
      current_password: ann.password,
      password: "another horse battery",
      password_confirmation: "another horse battery",
    });
    await visitor.post("/logout");

    expect((await other.visit("/account")).status).toBe(303);
    expect(await actions()).toEqual(["login", "profile-changed", "sessions-revoked", "password-changed", "logout"]);
  });

  it("tells each step of a change of its email", async () => {
    const { test, visitor, id, actions } = await prepare();

    await visitor.post("/account/email", { email: "anna@example.com" });
    await visitor.post("/change-email", { token: await mailedToken(test) });
    await visitor.post("/change-email", { token: await mailedToken(test) });

    expect((await test.auth.users.findById(id))?.email).toBe("anna@example.com");
    expect(await actions()).toEqual(["email-change-asked", "email-change-approved", "email-changed"]);
  });

  it("tells that its password was reset", async () => {
    const { test, actions } = await prepare();
    const stranger = new Visitor(test.app);

    await stranger.post("/forgot-password", { email: ann.email });
    const token = await mailedToken(test);
    await stranger.post("/reset-password", {
      token,
      password: "another horse battery",
      password_confirmation: "another horse battery",
    });

    expect(await actions()).toEqual(["password-reset"]);
  });

  it("tells how many devices were logged out", async () => {
    const { test, visitor, id } = await prepare();
    await logInAnn(test);
    await logInAnn(test);

    await visitor.post("/account/sessions/revoke-others");

    expect((await test.audit.list(id, 1))[0]).toMatchObject({ action: "sessions-revoked", details: { count: 2 } });
  });
});

describe("the audit log of nobody's account", () => {
  it("tells that somebody tried to register an address that is taken", async () => {
    const entries: unknown[] = [];
    const test = createTestApp({
      auditStore: {
        ...{ list: async () => [], deleteBefore: async () => 0 },
        add: async ({ action, userId, details }) => void entries.push({ action, userId, details }),
      },
    });
    await registerAnn(test);

    await new Visitor(test.app).post("/register", ann);

    expect(entries.at(-1)).toEqual({ action: "register-refused", userId: undefined, details: { reason: "taken" } });
  });
});
