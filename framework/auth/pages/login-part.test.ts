import { describe, expect, it } from "vitest";
import { ann, createTestApp, logInAnn, registerAnn, Visitor } from "../test-app.tsx";

async function prepare(settings = {}) {
  const test = createTestApp(settings);
  await registerAnn(test);
  return test;
}

describe("the login page", () => {
  it("shows a form that password managers understand", async () => {
    const { app } = createTestApp();

    const answer = await new Visitor(app).visit("/login");

    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toMatch(/<input[^>]*name="email"/);
    expect(html).toContain('autocomplete="current-password"');
    expect(html).toContain('name="_csrf"');
    expect(answer.headers.get("Content-Security-Policy")).toContain("script-src 'self'");
  });

  it("logs in and continues to the requested page", async () => {
    const test = await prepare();

    const answer = await new Visitor(test.app).post("/login", { ...ann, next: "/boards?tab=1" });

    expect(answer.status).toBe(303);
    expect(answer.headers.get("Location")).toBe("/boards?tab=1");
    expect(answer.headers.get("Set-Cookie")).toMatch(/^__Host-sid=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it("answers htmx with a full navigation", async () => {
    const test = await prepare();

    const answer = await new Visitor(test.app).post("/login", ann, { headers: { "HX-Request": "true" } });

    expect(answer.status).toBe(200);
    expect(answer.headers.get("HX-Redirect")).toBe("/");
  });

  it("keeps the cookie of a remembered session as long as the session", async () => {
    const test = await prepare();

    const answer = await new Visitor(test.app).post("/login", { ...ann, remember: "on" });

    expect(answer.headers.get("Set-Cookie")).toContain("Max-Age=1209600");
  });

  it("shows the problem, keeps the email and starts no session after a wrong password", async () => {
    const test = await prepare();

    const answer = await new Visitor(test.app).post("/login", { ...ann, password: "wrong password here" });

    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('value="ann@example.com"');
    expect(html).toContain("Incorrect email or password.");
    expect(html).not.toContain("wrong password here");
    expect(answer.headers.get("Set-Cookie") ?? "").not.toContain("__Host-sid");
    expect(html).toContain("autofocus");
  });

  it("works with the form's token in browsers that don't send an origin", async () => {
    const test = await prepare();
    const page = await test.app.request("https://app.example/login");
    const cookie = page.headers.get("Set-Cookie")?.split(";")[0] ?? "";
    const token = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? "";
    const send = (body: URLSearchParams | FormData) =>
      test.app.request("https://app.example/login", { method: "POST", headers: { Cookie: cookie }, body });
    const files = new FormData();
    for (const [name, value] of Object.entries({ ...ann, _csrf: token })) files.set(name, value);

    const plain = await send(new URLSearchParams({ ...ann, _csrf: token }));
    const multipart = await send(files);
    const bare = await send(new URLSearchParams(ann));

    expect([plain.status, multipart.status, bare.status]).toEqual([303, 303, 403]);
  });

  it("answers the same for an unknown address, a disabled account and a wrong password", async () => {
    const test = await prepare();
    const user = await test.auth.users.findByEmail(ann.email);
    const visitor = new Visitor(test.app);
    const answerTo = async (form: Record<string, string>) => {
      const answer = await visitor.post("/login", form);
      return { status: answer.status, html: (await answer.text()).replaceAll(form.email ?? "", "…") };
    };

    const wrong = await answerTo({ email: ann.email, password: "wrong password here" });
    const unknown = await answerTo({ email: "nobody@example.com", password: "wrong password here" });
    await test.auth.disable(user?.id ?? "");
    const disabled = await answerTo({ email: ann.email, password: ann.password });

    expect(unknown).toEqual(wrong);
    expect(disabled).toEqual(wrong);
  });

  it("ignores case and spaces in the email", async () => {
    const test = await prepare();

    const answer = await new Visitor(test.app).post("/login", { ...ann, email: "  ANN@Example.com " });

    expect(answer.status).toBe(303);
  });

  it("redirects users who are already logged in", async () => {
    const test = await prepare({ afterLogin: "/boards" });
    const visitor = await logInAnn(test);

    const answer = await visitor.visit("/login");

    expect(answer.headers.get("Location")).toBe("/boards");
  });

  it("lets the app refuse logins and runs its hook after them", async () => {
    const heard: string[] = [];
    let isOpen = false;
    const test = await prepare({
      hooks: {
        beforeLogin: () => (isOpen ? { ok: true } : { ok: false, message: "Closed on Sundays." }),
        afterLogin: (user: { email: string }) => void heard.push(user.email),
      },
    });

    const refused = await new Visitor(test.app).post("/login", ann);
    isOpen = true;
    await logInAnn(test);

    expect(await refused.text()).toContain("Closed on Sundays.");
    expect(heard).toEqual([ann.email]);
  });
});

describe("limits of the login page", () => {
  const wrong = { ...ann, password: "wrong password here" };

  async function tryTen(test: Awaited<ReturnType<typeof prepare>>, address: (attempt: number) => string) {
    for (let attempt = 0; attempt < 10; attempt++) {
      await new Visitor(test.app).post("/login", wrong, { address: address(attempt) });
    }
  }

  it("refuses even the right password after ten wrong ones, until the window has passed", async () => {
    const test = await prepare();

    await tryTen(test, () => "203.0.113.9");
    const blocked = await new Visitor(test.app).post("/login", ann, { address: "203.0.113.9" });
    test.clock.time += 3 * 60_000;
    const free = await new Visitor(test.app).post("/login", ann, { address: "203.0.113.9" });

    expect(blocked.status).toBe(429);
    expect(blocked.headers.get("Retry-After")).toBe("180");
    expect(free.status).toBe(303);
  });

  it("counts attempts per account from all client addresses", async () => {
    const test = await prepare();

    await tryTen(test, (attempt) => `198.51.100.${attempt}`);
    const blocked = await new Visitor(test.app).post("/login", ann, { address: "203.0.113.9" });

    expect(blocked.status).toBe(429);
  });

  it("counts attempts per client address across all accounts, even unknown ones", async () => {
    const test = await prepare();
    for (let attempt = 0; attempt < 10; attempt++) {
      const form = { email: `nobody${attempt}@example.com`, password: "wrong password here" };
      await new Visitor(test.app).post("/login", form, { address: "203.0.113.9" });
    }

    const blocked = await new Visitor(test.app).post("/login", ann, { address: "203.0.113.9" });
    const elsewhere = await new Visitor(test.app).post("/login", ann, { address: "203.0.113.10" });

    expect([blocked.status, elsewhere.status]).toEqual([429, 303]);
  });

  it("lets the owner in while a guessing client address is blocked, however long it goes on", async () => {
    const test = await prepare();

    for (let minute = 0; minute < 7; minute++) {
      await tryTen(test, () => "203.0.113.9");
      await tryTen(test, () => "203.0.113.9");
      test.clock.time += 60_000;
    }
    const guessing = await new Visitor(test.app).post("/login", ann, { address: "203.0.113.9" });
    const owner = await new Visitor(test.app).post("/login", ann, { address: "198.51.100.7" });

    expect([guessing.status, owner.status]).toEqual([429, 303]);
  });

  it("doesn't count successful logins", async () => {
    const test = await prepare();

    const statuses: number[] = [];
    for (let time = 0; time < 12; time++) statuses.push((await new Visitor(test.app).post("/login", ann)).status);

    expect(new Set(statuses)).toEqual(new Set([303]));
  });

  it("answers 503 with Retry-After while too many passwords are being checked", async () => {
    const test = createTestApp({ passwords: { maxRunning: 0, maxWaiting: 0 } });

    const answer = await new Visitor(test.app).post("/login", ann);

    expect(answer.status).toBe(503);
    expect(answer.headers.get("Retry-After")).toBe("5");
  });

  it("can be lifted with auth.unlock", async () => {
    const test = await prepare();
    await tryTen(test, (attempt) => `198.51.100.${attempt}`);

    await test.auth.unlock(ann.email);

    expect((await new Visitor(test.app).post("/login", ann, { address: "203.0.113.9" })).status).toBe(303);
  });
});

describe("logging out", () => {
  it("ends the session and clears the browser's cache", async () => {
    const test = await prepare();
    const visitor = await logInAnn(test);
    const cookies = new Map(visitor.cookies);

    const answer = await visitor.post("/logout");
    const replay = new Visitor(test.app);
    for (const [name, value] of cookies) replay.cookies.set(name, value);

    expect(answer.headers.get("Location")).toBe("/login");
    expect(answer.headers.get("Clear-Site-Data")).toBe('"cache"');
    expect(visitor.cookies.has("__Host-sid")).toBe(false);
    expect((await replay.visit("/account")).status).toBe(303);
    expect(test.ends.at(-1)?.reason).toBe("logout");
  });

  it("doesn't accept GET", async () => {
    const test = await prepare();
    const visitor = await logInAnn(test);

    const answer = await visitor.visit("/logout");

    expect(answer.status).toBe(404);
    expect((await visitor.visit("/account")).status).toBe(200);
  });
});
