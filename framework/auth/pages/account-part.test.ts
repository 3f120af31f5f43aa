import { describe, expect, it } from "vitest";
import { createMemoryUploadStore } from "../../forms/index.ts";
import { ann, createTestApp, logInAnn, mailedToken, newestMail, registerAnn, Visitor } from "../test-app.tsx";

async function prepare(settings = {}) {
  const test = createTestApp(settings);
  await registerAnn(test);
  return { ...test, visitor: await logInAnn(test) };
}

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

describe("the account page", () => {
  it("shows the profile and the current device", async () => {
    const { visitor } = await prepare();

    const html = await (await visitor.visit("/account")).text();

    expect(html).toContain("ann@example.com");
    expect(html).toContain("2026-01-01 00:00 UTC");
    expect(html).toContain("this device");
  });

  it("links to the confirmation of an address until it is confirmed", async () => {
    const { visitor, auth } = await prepare();
    const page = async () => await (await visitor.visit("/account")).text();

    const confirmed = await page();
    await auth.users.update((await auth.users.findByEmail(ann.email))?.id ?? "", { emailVerifiedAt: null });

    expect(confirmed).not.toContain('href="/verify-email"');
    expect(confirmed).toContain("<dt>Confirmed</dt><dd>Yes</dd>");
    expect(await page()).toContain('href="/verify-email"');
  });

  it("changes the name and picture and nothing else", async () => {
    const { visitor, auth } = await prepare();

    const answer = await visitor.send("/account/profile", [
      ...[["name", " Anna "] as const, ["role", "admin"] as const, ["email", "x@example.com"] as const],
      ["avatar_url", "https://pictures.example/a.png"],
      ["picture", new File([png], "x.png", { type: "image/png" })],
    ]);

    const user = await auth.users.findByEmail(ann.email);
    expect(answer.headers.get("Location")).toBe("/account");
    expect(user).toMatchObject({ name: "Anna", role: "member" });
    expect(user?.avatarUrl).toMatch(/^\/account\/pictures\/[\w-]{43}\.png$/);
  });

  it("keeps the picture if none is chosen, and deletes files that are replaced or removed", async () => {
    const { visitor, auth } = await prepare();
    const picture = new File([png], "x.png", { type: "image/png" });
    const address = async () => (await auth.users.findByEmail(ann.email))?.avatarUrl ?? "";
    const statusOf = async (url: string) => (await visitor.visit(url)).status;

    await visitor.send("/account/profile", [
      ["name", "Ann"],
      ["picture", picture],
    ]);
    const first = await address();
    await visitor.send("/account/profile", [
      ["name", "Ann"],
      ["picture", new File([], "")],
    ]);
    const kept = await address();
    await visitor.send("/account/profile", [
      ["name", "Ann"],
      ["picture", picture],
    ]);
    const second = await address();
    const statuses = [await statusOf(first), await statusOf(second)];
    await visitor.send("/account/profile", [
      ["name", "Ann"],
      ["without_picture", "on"],
    ]);

    expect([kept, statuses]).toEqual([first, [404, 200]]);
    expect([await address(), await statusOf(second)]).toEqual(["", 404]);
  });

  it("leaves pictures alone that aren't its own", async () => {
    const deleted: string[] = [];
    const store = createMemoryUploadStore();
    const pictures = { ...store, delete: async (name: string) => void deleted.push(name) };
    const { visitor, auth } = await prepare({ pictures });
    const id = (await auth.users.findByEmail(ann.email))?.id ?? "";
    const remove = () =>
      visitor.send("/account/profile", [
        ["name", "Ann"],
        ["without_picture", "on"],
      ]);

    for (const avatarUrl of ["https://pictures.example/account/pictures/a.png", "/account/pictures/own.png"]) {
      await auth.users.update(id, { avatarUrl });
      await remove();
    }
    await remove();
    await auth.users.update(id, { avatarUrl: "/account/pictures/last.png" });
    await auth.deleteUser(id);

    expect(deleted).toEqual(["own.png", "last.png"]);
  });

  it("rejects pictures that can contain scripts", async () => {
    const { visitor, auth } = await prepare();
    const svg = new File(["<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"], "x.png", { type: "image/png" });

    const answer = await visitor.send("/account/profile", [
      ["name", "Ann"],
      ["picture", svg],
    ]);

    expect(answer.status).toBe(422);
    expect((await auth.users.findByEmail(ann.email))?.avatarUrl).toBeNull();
  });

  it("lists other devices and logs one of them out", async () => {
    const test = await prepare();
    const other = new Visitor(test.app);
    await other.post("/login", ann, { headers: { "User-Agent": firefox }, address: "203.0.113.9" });

    const html = await (await test.visitor.visit("/account")).text();
    const id = /sessions\/([0-9a-f]{64})\/revoke/.exec(html)?.[1] ?? "";
    await test.visitor.post(`/account/sessions/${id}/revoke`);

    expect(html).toContain("Firefox on Linux");
    expect(html).toContain("203.0.113.9");
    expect((await other.visit("/account")).status).toBe(303);
    expect((await test.visitor.visit("/account")).status).toBe(200);
    expect(test.ends.at(-1)).toMatchObject({ sessionId: id, reason: "revoked" });
  });

  it("can't log out another user's device", async () => {
    const test = await prepare();
    await new Visitor(test.app).post("/register", { ...ann, email: "bob@example.com", name: "Bob" });
    const bob = await logInAnn(test, { email: "bob@example.com" });
    const bobs = (await test.auth.users.findByEmail("bob@example.com"))?.id ?? "";
    const [session] = await test.auth.sessions.list(bobs);

    await test.visitor.post(`/account/sessions/${session?.id}/revoke`);

    expect((await bob.visit("/account")).status).toBe(200);
  });

  it("logs out all other devices", async () => {
    const test = await prepare();
    const others = [await logInAnn(test), await logInAnn(test)];

    await test.visitor.post("/account/sessions/revoke-others");

    expect((await others[0]?.visit("/account"))?.status).toBe(303);
    expect((await others[1]?.visit("/account"))?.status).toBe(303);
    expect((await test.visitor.visit("/account")).status).toBe(200);
  });

  it("changes the password, logs out other devices and notifies the owner", async () => {
    const test = await prepare();
    const other = await logInAnn(test);
    const form = { password: "a fresh pass phrase", password_confirmation: "a fresh pass phrase" };

    const wrong = await test.visitor.post("/account/password", { ...form, current_password: "not this one" });
    const right = await test.visitor.post("/account/password", { ...form, current_password: ann.password });

    expect([wrong.status, right.status]).toEqual([422, 303]);
    expect((await other.visit("/account")).status).toBe(303);
    expect((await test.visitor.visit("/account")).status).toBe(200);
    expect((await newestMail(test))?.subject).toBe("Your Team board password was changed");
    expect((await new Visitor(test.app).post("/login", { ...ann, ...form })).status).toBe(303);
  });

  it("changes the address after the current and the new one have confirmed, and notifies the old one", async () => {
    const test = await prepare();
    const idOf = async (email: string) => (await test.auth.users.findByEmail(email))?.id;
    const id = await idOf(ann.email);

    await test.visitor.post("/account/email", { email: "new@example.com" });
    const atOld = await newestMail(test);
    await test.visitor.post("/change-email", { token: await mailedToken(test) });
    const atNew = await newestMail(test);
    const inBetween = await idOf(ann.email);
    await test.visitor.post("/change-email", { token: await mailedToken(test) });
    const told = await newestMail(test);

    const receivers = [atOld, atNew, told].map((mail) => mail?.to[0]?.address);
    expect(receivers).toEqual([ann.email, "new@example.com", ann.email]);
    expect([inBetween, await idOf("new@example.com"), await idOf(ann.email)]).toEqual([id, id, undefined]);
    expect((await test.visitor.visit("/account")).status).toBe(200);
  });

  it("asks nobody about the address that the account has already", async () => {
    const test = await prepare();

    const answer = await test.visitor.post("/account/email", { email: " ANN@example.com " });
    await test.settle();

    const html = await answer.text();
    expect([answer.status, test.mails.sent]).toEqual([422, []]);
    expect(html).toContain("This is already your email address.");
    expect(html).toMatch(/name="email"[^>]*value="ann@example.com"/);
  });

  it("asks only the new address if the current one was never confirmed", async () => {
    const test = createTestApp();
    const visitor = new Visitor(test.app);
    await visitor.post("/register", ann);
    await visitor.post("/login", ann);
    await test.settle();

    await visitor.post("/account/email", { email: "new@example.com" });

    expect((await newestMail(test))?.to[0]?.address).toBe("new@example.com");
  });

  it("doesn't change the address with the first link alone, and accepts each link once", async () => {
    const test = await prepare();
    await test.visitor.post("/account/email", { email: "new@example.com" });
    const token = await mailedToken(test);

    const looked = await test.visitor.visit(`/change-email?token=${token}`);
    const statuses = [];
    for (const path of ["/verify-email", "/change-email", "/change-email"]) {
      statuses.push((await test.visitor.post(path, { token })).status);
    }

    expect([looked.status, statuses]).toEqual([200, [400, 303, 400]]);
    expect(await test.auth.users.findByEmail("new@example.com")).toBeNull();
  });

  it("answers the same for a taken new address, and mails nothing to it", async () => {
    const test = await prepare();
    await new Visitor(test.app).post("/register", { ...ann, email: "bob@example.com", name: "Bob" });
    await test.settle();
    test.mails.clear();

    const taken = await test.visitor.post("/account/email", { email: "bob@example.com" });
    const agreed = await test.visitor.post("/change-email", { token: await mailedToken(test) });
    await test.settle();

    expect([taken.status, agreed.status]).toEqual([303, 303]);
    expect(test.mails.sent.map((mail) => mail.to[0]?.address)).toEqual([ann.email]);
  });

  it("asks for the password before sensitive changes after ten minutes", async () => {
    const test = await prepare();
    test.clock.time += 10 * 60_000;

    const page = await (await test.visitor.visit("/account")).text();
    const answers = await Promise.all(
      ["email", "password", "delete", "sessions/revoke-others"].map((path) => test.visitor.post(`/account/${path}`)),
    );

    expect(page).toContain("/account/confirm?next=%2Faccount");
    expect(answers.every((answer) => answer.headers.get("Location")?.startsWith("/account/confirm"))).toBe(true);
  });

  it("deletes the account with its sessions", async () => {
    const test = await prepare();
    const other = await logInAnn(test);

    const unsure = await test.visitor.post("/account/delete", { confirmation: "yes" });
    const sure = await test.visitor.post("/account/delete", { confirmation: ann.email });

    expect([unsure.status, sure.status]).toEqual([422, 303]);
    expect(await test.auth.users.findByEmail(ann.email)).toBeNull();
    expect((await other.visit("/account")).status).toBe(303);
    expect((await new Visitor(test.app).post("/login", ann)).status).toBe(422);
  });

  it("records what happened in the audit log, without secrets", async () => {
    const test = await prepare();
    const id = (await test.auth.users.findByEmail(ann.email))?.id ?? "";
    await new Visitor(test.app).post("/login", { ...ann, password: "wrong password here" });

    const records = await test.audit.list(id, 10);

    expect(records.map((record) => record.action)).toEqual(["login-failed", "login", "registered"]);
    expect(JSON.stringify(records)).not.toMatch(/horse|wrong password|ann@example/);
  });
});
