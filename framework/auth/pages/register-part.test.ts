import { describe, expect, it } from "vitest";
import { ann, createTestApp, mailedToken, newestMail, registerAnn, Visitor } from "../test-app.tsx";

describe("the registration page", () => {
  it("creates an account that the mailed link confirms", async () => {
    const test = createTestApp();
    const visitor = new Visitor(test.app);

    const answer = await visitor.post("/register", ann);
    const token = await mailedToken(test);
    const looked = await visitor.visit(`/verify-email?token=${token}`);
    const before = (await test.auth.users.findByEmail(ann.email))?.emailVerifiedAt;
    const confirmed = await visitor.post("/verify-email", { token });
    const after = (await test.auth.users.findByEmail(ann.email))?.emailVerifiedAt;

    expect(answer.status).toBe(200);
    expect(looked.status).toBe(200);
    expect(looked.headers.get("Referrer-Policy")).toBe("no-referrer");
    expect([before, after]).toEqual([null, test.clock.time]);
    expect(confirmed.headers.get("Location")).toBe("/");
    expect((await newestMail(test))?.subject).toBe("Welcome to Team board");
  });

  it("marks its mails as automatic, so that absence notes don't answer them", async () => {
    const test = createTestApp();

    await new Visitor(test.app).post("/register", ann);
    await new Visitor(test.app).post("/register", ann);
    await test.settle();

    expect(test.mails.sent.map(({ subject, headers }) => [subject, headers["Auto-Submitted"]])).toEqual([
      ["Confirm your email address for Team board", "auto-generated"],
      ["You already have an account at Team board", "auto-generated"],
    ]);
  });

  it("links to the configured URL whatever the Host header says", async () => {
    const test = createTestApp();

    await new Visitor(test.app).post("/register", ann, { headers: { Host: "evil.example" } });

    expect((await newestMail(test))?.text).toContain("https://app.example/verify-email?token=");
    expect((await newestMail(test))?.text).not.toContain("evil.example");
  });

  it("stores the password as argon2id, and no field that the form doesn't have", async () => {
    const test = createTestApp();

    await new Visitor(test.app).post("/register", {
      ...ann,
      role: "admin",
      id: "chosen",
      emailVerifiedAt: "1",
      email_verified_at: "1",
      "__proto__[role]": "admin",
      __proto__: "x",
      constructor: "x",
    });

    const user = await test.auth.users.findByEmail(ann.email);
    expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(user).toMatchObject({ role: "member", emailVerifiedAt: null });
    expect(user?.id).not.toBe("chosen");
    expect(Reflect.get({}, "role")).toBeUndefined();
  });

  it.each([
    ["short", "Use at least 12 characters."],
    ["qwerty123456", "too easy to guess"],
    ["password12345", "too easy to guess"],
    ["aaaaaaaaaaaaaa", "too easy to guess"],
    ["my teamboard 77", "name of this site"],
  ])("refuses the password %s", async (password, text) => {
    const test = createTestApp();

    const answer = await new Visitor(test.app).post("/register", { ...ann, password });

    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain(text);
    expect(html).toContain('value="ann@example.com"');
    expect(html).toContain('aria-invalid="true"');
  });

  it("answers the same for a taken address, creates no second account and notifies the owner", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const before = await test.auth.users.findByEmail(ann.email);

    const taken = await new Visitor(test.app).post("/register", {
      ...ann,
      name: "Eve",
      password: "another pass phrase",
    });
    const mail = await newestMail(test);
    const fresh = await new Visitor(test.app).post("/register", { ...ann, email: "eve@example.com" });

    expect(taken.status).toBe(fresh.status);
    expect((await taken.text()).replaceAll(ann.email, "…")).toBe(
      (await fresh.text()).replaceAll("eve@example.com", "…"),
    );
    expect(mail?.subject).toBe("You already have an account at Team board");
    expect(await test.auth.users.findByEmail(ann.email)).toEqual(before);
  });

  it("says that an address is taken if the app allows it", async () => {
    const test = createTestApp({ tellsTaken: true });
    await registerAnn(test);

    const answer = await new Visitor(test.app).post("/register", ann);

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("This email address already has an account.");
  });

  it("creates one account when two people register the same address at once", async () => {
    const test = createTestApp();

    await Promise.all([1, 2, 3].map(() => new Visitor(test.app).post("/register", ann)));
    await test.settle();

    expect(test.mails.sent.filter((mail) => mail.subject.startsWith("Confirm"))).toHaveLength(1);
  });

  it("sends at most five mails an hour to one mailbox", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const statuses: number[] = [];

    for (let time = 0; time < 6; time++) {
      statuses.push((await new Visitor(test.app).post("/verify-email/resend", { email: ann.email })).status);
    }

    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it("doesn't exist if the app doesn't allow registration", async () => {
    const test = createTestApp({ canRegister: false });

    expect((await new Visitor(test.app).visit("/register")).status).toBe(404);
  });
});
