import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashToken, randomToken } from "../base/index.ts";
import { anyCharacter } from "../test-support/any-character.ts";
import { ann, createTestApp, logInAnn, registerAnn, type TestApp, Visitor } from "./test-app.tsx";

const paths = [
  "/login",
  "/register",
  "/logout",
  "/forgot-password",
  "/reset-password",
  "/verify-email",
  "/change-email",
  "/verify-email/resend",
];
const ownPaths = ["/account/profile", "/account/email", "/account/password", "/account/delete", "/account/confirm"];

async function prepare() {
  const test = createTestApp({
    limits: { login: { limit: 100_000, windowMs: 1 }, mailsPerAddress: { limit: 100_000, windowMs: 1 } },
  });
  await registerAnn(test);
  return test;
}

function sendRaw(test: TestApp, path: string, request: { body: string | Uint8Array<ArrayBuffer>; type: string }) {
  const headers = { "Content-Type": request.type, "Sec-Fetch-Site": "same-origin" };
  return test.app.request(`https://app.example${path}`, { method: "POST", headers, body: request.body });
}

describe("an adversary", () => {
  it("can't fixate a session: a token planted before the login is worthless after it", async () => {
    const test = await prepare();
    const planted = randomToken();
    const victim = new Visitor(test.app);
    victim.cookies.set("__Host-sid", planted);

    await victim.post("/login", ann);
    const attacker = new Visitor(test.app);
    attacker.cookies.set("__Host-sid", planted);

    expect(victim.cookies.get("__Host-sid")).not.toBe(planted);
    expect((await attacker.visit("/account")).status).toBe(303);
  });

  it("can't keep using the session that existed before another login", async () => {
    const test = await prepare();
    const victim = await logInAnn(test);
    const before = victim.cookies.get("__Host-sid") ?? "";

    await victim.post("/login", ann);
    const attacker = new Visitor(test.app);
    attacker.cookies.set("__Host-sid", before);

    expect((await attacker.visit("/account")).status).toBe(303);
  });

  it("can't log in with a token from the database, from the URL, or without the cookie prefix", async () => {
    const test = await prepare();
    const victim = await logInAnn(test);
    const token = victim.cookies.get("__Host-sid") ?? "";
    const tries: [string, string][] = [
      ["__Host-sid", hashToken(token)],
      ["sid", token],
      ["__Secure-sid", token],
    ];

    const answers = await Promise.all(
      tries.map(([name, value]) => {
        const attacker = new Visitor(test.app);
        attacker.cookies.set(name, value);
        return attacker.visit(`/account?sid=${token}&__Host-sid=${token}`);
      }),
    );

    expect(answers.map((answer) => answer.status)).toEqual([303, 303, 303]);
  });

  it("learns nothing from headers: they are the same for known and unknown addresses", async () => {
    const test = await prepare();
    const shapeOf = async (path: string, form: Record<string, string>) => {
      const answer = await new Visitor(test.app).post(path, form);
      return [answer.status, [...answer.headers.keys()].sort()];
    };

    for (const path of ["/login", "/forgot-password", "/verify-email/resend", "/register"]) {
      const known = await shapeOf(path, { ...ann, password: "some other phrase" });
      const unknown = await shapeOf(path, {
        ...ann,
        email: `${randomToken(6)}@example.com`.toLowerCase(),
        password: "some other phrase",
      });
      expect(unknown).toEqual(known);
    }
  });

  it.each([
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "/%5cevil.example",
    "/%2f%2fevil.example",
    "/.//evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/a%0d%0aSet-Cookie:x=1",
    "/%",
    "/é?ü=ß",
  ])("cannot send a user away by next=%s", async (next) => {
    const test = await prepare();

    const plain = await new Visitor(test.app).post("/login", { ...ann, next });
    const htmx = await new Visitor(test.app).post("/login", { ...ann, next }, { headers: { "HX-Request": "true" } });
    const page = await new Visitor(test.app).visit(`/login?next=${encodeURIComponent(next)}`);

    for (const location of [plain.headers.get("Location"), htmx.headers.get("HX-Redirect")]) {
      expect(new URL(location ?? "", "https://app.example").origin).toBe("https://app.example");
      expect(location).not.toMatch(/^\/[/\\]/);
    }
    expect(await page.text()).not.toContain("evil.example");
  });

  it("can't pass as someone else by sending a parameter twice", async () => {
    const test = await prepare();
    const form = new URLSearchParams([
      ["email", "nobody@example.com"],
      ["email", ann.email],
      ["password", "x"],
      ["password", ann.password],
      ["next", "/a"],
      ["next", "//evil.example"],
    ]);

    const answer = await new Visitor(test.app).visit("/login", { form });

    expect(answer.status).toBe(303);
    expect(answer.headers.get("Location")).toBe("/");
  });

  it("can't inject SQL through the email field", async () => {
    const test = await prepare();

    const answer = await new Visitor(test.app).post("/login", {
      email: "' OR '1'='1' --@example.com",
      password: "x' OR 1=1",
    });

    expect(answer.status).toBe(422);
  });

  it("can't submit our forms from another site", async () => {
    const test = await prepare();
    const victim = await logInAnn(test);

    const answers = await Promise.all(
      [...paths, ...ownPaths].map((path) =>
        victim.post(path, ann, { headers: { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" } }),
      ),
    );

    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([403]));
    expect((await victim.visit("/account")).status).toBe(200);
  });

  it("gets no 5xx for malformed bodies", async () => {
    const test = await prepare();
    const bodies = [
      { type: "application/json", body: "{" },
      { type: "application/json", body: "null" },
      { type: "application/json", body: '[{"email":1}]' },
      { type: "application/json", body: '{"email":{"$ne":null},"password":{"$ne":null}}' },
      { type: "application/json", body: '{"__proto__":{"role":"admin"},"email":[],"password":[]}' },
      { type: "multipart/form-data; boundary=x", body: "--y" },
      { type: "multipart/form-data", body: "--x--" },
      { type: "application/x-www-form-urlencoded", body: "%ff%fe=%00&email=%ff&password=%" },
      { type: "application/x-www-form-urlencoded", body: "email[]=a&email[]=b&password[a]=1&token[]=x" },
      { type: "text/plain", body: "x" },
      { type: "image/png", body: new Uint8Array([137, 80, 78, 71, 0, 255]) },
      { type: "", body: "email=a" },
    ];

    for (const path of paths) {
      for (const request of bodies) {
        const answer = await sendRaw(test, path, request);
        expect(answer.status, `${path} ${request.type} ${request.body}: ${await answer.clone().text()}`).toBeLessThan(
          500,
        );
      }
    }
  });

  it("gets no 5xx and no access from a thousand random requests", async () => {
    const test = await prepare();
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.string(),
      fc.constantFrom("", "\u0000", ann.email, "a@b.cd", "x".repeat(3000)),
    );
    const name = fc.constantFrom(
      "email",
      "password",
      "password_confirmation",
      "token",
      "next",
      "name",
      "remember",
      "_csrf",
      "__proto__",
    );
    const form = fc.array(fc.tuple(name, text), { maxLength: 6 });
    const own = await logInAnn(test);

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths.filter((path) => path !== "/logout"), ...ownPaths),
        form,
        async (path, pairs) => {
          const visitor = path.startsWith("/account/p") || path.startsWith("/account/e") ? own : new Visitor(test.app);
          const answer = await visitor.visit(path, { form: new URLSearchParams(pairs) });
          return answer.status < 500;
        },
      ),
      { numRuns: 1000 },
    );
    await test.settle();
    const user = await test.auth.users.findByEmail(ann.email);
    expect(user?.role).toBe("member");
  }, 120_000);

  it("can't slow the server down with 100 KB in a field", async () => {
    const test = await prepare();
    const began = performance.now();

    const answer = await new Visitor(test.app).post("/login", {
      email: `${"a".repeat(50_000)}@${"b.".repeat(25_000)}c`,
      password: "x",
    });

    expect(answer.status).toBe(422);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe("guessing the password of an open session", () => {
  it.each([
    ["/account/confirm", { password: "a wrong guess" }],
    [
      "/account/password",
      {
        current_password: "a wrong guess",
        password: "quite another horse",
        password_confirmation: "quite another horse",
      },
    ],
  ])("is limited at %s", async (path, form) => {
    const test = createTestApp();
    await registerAnn(test);
    const visitor = await logInAnn(test);

    const statuses: number[] = [];
    for (let time = 0; time < 11; time++) statuses.push((await visitor.post(path, form)).status);

    expect([statuses.at(9), statuses.at(10)]).toEqual([422, 429]);
  });
});
