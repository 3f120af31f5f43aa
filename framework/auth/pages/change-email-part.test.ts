import { describe, expect, it } from "vitest";
import { ann, createTestApp, logInAnn, mailedToken, registerAnn, Visitor } from "../test-app.tsx";

/** Ann with an open session, and the steps of changing her email. */
async function prepare() {
  const test = createTestApp();
  await registerAnn(test);
  const visitor = await logInAnn(test);

  /** The link sent to the current address. */
  async function ask(email: string): Promise<string> {
    await visitor.post("/account/email", { email });
    return mailedToken(test);
  }

  /** The newest link after approving: the one sent to the new address, if it was asked. */
  async function approve(token: string): Promise<string> {
    await visitor.post("/change-email", { token });
    return mailedToken(test);
  }

  const isDead = async (token: string) => (await visitor.visit(`/change-email?token=${token}`)).status === 400;
  return { test, visitor, ask, approve, isDead };
}

describe("an email change", () => {
  it("is replaced by a later one: the first may have gone to a stranger by mistake", async () => {
    const { test, ask, approve } = await prepare();
    const mistaken = await approve(await ask("mistaken@example.com"));

    await ask("right@example.com");
    const answer = await new Visitor(test.app).post("/change-email", { token: mistaken });

    expect(answer.status).toBe(400);
    expect(await test.auth.users.findByEmail(ann.email)).not.toBeNull();
  });

  it("doesn't reveal through an earlier link that the new address is taken", async () => {
    const { test, visitor, ask, approve, isDead } = await prepare();
    await new Visitor(test.app).post("/register", { ...ann, email: "bob@example.com", name: "Bob" });
    const approval = await ask("first@example.com");

    // Approve while the other change is being requested, so that both links exist.
    const own = visitor.post("/change-email", { token: approval });
    await visitor.post("/account/email", { email: "bob@example.com" });
    await own;
    await test.settle();
    const links = test.mails.sent.map((mail) => /token=([\w-]{43})/.exec(mail.text)?.[1] ?? "");
    const earlier = links[test.mails.sent.findIndex((mail) => mail.to[0]?.address === "first@example.com")] ?? "";
    await approve(links[test.mails.sent.findLastIndex((mail) => mail.to[0]?.address === ann.email)] ?? "");

    expect(earlier).not.toBe("");
    expect(await isDead(earlier)).toBe(true);
  });

  it("doesn't reveal it while the current address is unconfirmed, either", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const visitor = new Visitor(test.app);
    await visitor.post("/register", { ...ann, email: "eve@example.com" });
    await visitor.post("/login", { ...ann, email: "eve@example.com" });
    await test.settle();
    await visitor.post("/account/email", { email: "first@example.com" });
    const earlier = await mailedToken(test);

    await visitor.post("/account/email", { email: ann.email });
    await test.settle();

    expect((await visitor.visit(`/change-email?token=${earlier}`)).status).toBe(400);
  });

  it("is canceled when the app itself changes the address: the old mailbox may be in the wrong hands", async () => {
    const { test, ask } = await prepare();
    const approval = await ask("thief@example.com");
    const id = (await test.auth.users.findByEmail(ann.email))?.id ?? "";

    await test.auth.users.update(id, { email: "rescued@example.com" });
    const answer = await new Visitor(test.app).post("/change-email", { token: approval });

    expect(answer.status).toBe(400);
  });

  it("is refused if it was requested before the current address was confirmed", async () => {
    const test = createTestApp();
    const visitor = new Visitor(test.app);
    await visitor.post("/register", ann);
    const confirming = await mailedToken(test);
    await visitor.post("/login", ann);
    await visitor.post("/account/email", { email: "new@example.com" });
    const early = await mailedToken(test);
    test.clock.time += 1000;
    await visitor.post("/verify-email", { token: confirming });

    const answer = await visitor.post("/change-email", { token: early });

    expect(answer.status).toBe(400);
    expect(await test.auth.users.findByEmail("new@example.com")).toBeNull();
  });

  it("is refused if another account has taken the new address in the meantime", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const visitor = await logInAnn(test);
    await visitor.post("/account/email", { email: "new@example.com" });
    await visitor.post("/change-email", { token: await mailedToken(test) });
    const token = await mailedToken(test);
    await new Visitor(test.app).post("/register", { ...ann, email: "new@example.com", name: "Eve" });

    const answer = await visitor.post("/change-email", { token });

    expect(answer.status).toBe(400);
    expect((await test.auth.users.findByEmail(ann.email))?.name).toBe(ann.name);
  });

  it("is refused while the account is disabled", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const visitor = await logInAnn(test);
    await visitor.post("/account/email", { email: "new@example.com" });
    const token = await mailedToken(test);
    await test.auth.disable((await test.auth.users.findByEmail(ann.email))?.id ?? "");

    expect((await visitor.post("/change-email", { token })).status).toBe(400);
  });

  it("asks a new address at most five times an hour, however many accounts want it", async () => {
    const test = createTestApp();
    await registerAnn(test);
    await new Visitor(test.app).post("/register", { ...ann, email: "bob@example.com", name: "Bob" });
    const [visitor, bob] = [await logInAnn(test), await logInAnn(test, { email: "bob@example.com" })];
    for (let n = 1; n <= 5; n += 1) await bob.post("/account/email", { email: "new@example.com" });

    const statuses = ["new@example.com", "other@example.com"].map(
      async (email) => (await visitor.post("/account/email", { email })).status,
    );

    expect(await Promise.all(statuses)).toEqual([429, 303]);
  });

  it("doesn't count mails to a current address that gets none, because it was never confirmed", async () => {
    const test = createTestApp();
    const visitor = new Visitor(test.app);
    await visitor.post("/register", ann);
    await visitor.post("/login", ann);
    const ask = async (n: number) => (await visitor.post("/account/email", { email: `new${n}@example.com` })).status;

    const statuses = await Promise.all([1, 2, 3, 4, 5, 6].map(ask));

    expect(statuses).toEqual(Array(6).fill(303));
  });

  it("asks the current address at most five times an hour, whatever the new ones are", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const visitor = await logInAnn(test);

    const statuses: number[] = [];
    for (const n of [1, 2, 3, 4, 5, 6]) {
      statuses.push((await visitor.post("/account/email", { email: `new${n}@example.com` })).status);
    }
    await test.settle();

    expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
    expect(test.mails.sent).toHaveLength(5);
  });
});
