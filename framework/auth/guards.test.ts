import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { RequireGuest, RequireLogin, RequireRecentLogin, RequireRole, RequireVerifiedEmail } from "./guards.ts";
import { ann, createTestApp, logInAnn, registerAnn, Visitor } from "./test-app.tsx";

function createGuarded() {
  const test = createTestApp();
  let runs = 0;
  test.app.get("/reports", RequireLogin, (c) => {
    runs++;
    return c.text(`Hello, ${c.var.user?.name}`);
  });
  test.app.post("/reports", RequireLogin, (c) => c.text("posted"));
  test.app.get("/guests", RequireGuest, (c) => c.text("guest"));
  test.app.get("/verified", RequireVerifiedEmail, (c) => c.text("verified"));
  test.app.get("/recent", RequireRecentLogin, (c) => c.text("recent"));
  test.app.get("/admin", RequireRole("admin", "owner"), (c) => c.text("admin"));
  return { ...test, visitor: new Visitor(test.app), runs: () => runs };
}

const htmx = { "HX-Request": "true", "HX-Current-URL": "https://app.example/board?id=7" };

describe("RequireLogin", () => {
  it("sends a page visit to the login page and back, without running the handler", async () => {
    const { visitor, runs } = createGuarded();

    const answer = await visitor.visit("/reports?year=2026&a=b%20c");

    expect(answer.status).toBe(303);
    expect(answer.headers.get("Location")).toBe("/login?next=%2Freports%3Fyear%3D2026%26a%3Db%2520c");
    expect(runs()).toBe(0);
  });

  it("answers htmx with 401 and a redirect to the login page, and back to the open page", async () => {
    const { visitor } = createGuarded();

    const answer = await visitor.visit("/reports", { headers: htmx });

    expect(answer.status).toBe(401);
    expect(answer.headers.get("HX-Redirect")).toBe("/login?next=%2Fboard%3Fid%3D7");
  });

  it("never goes back to another site", async () => {
    const { visitor } = createGuarded();

    const headers = { ...htmx, "HX-Current-URL": "https://evil.example//evil.example/x" };

    expect((await visitor.visit("/reports", { headers })).headers.get("HX-Redirect")).toBe("/login");
  });

  it("redirects to the login page when a stream connects for the first time", async () => {
    const { visitor } = createGuarded();

    const answer = await visitor.visit("/reports", { headers: { ...htmx, Accept: "text/html, text/event-stream" } });

    expect(answer.status).toBe(401);
    expect(answer.headers.get("HX-Redirect")).toContain("/login");
  });

  it("tells a reconnecting stream to close", async () => {
    const { visitor } = createGuarded();

    const headers = { ...htmx, Accept: "text/html, text/event-stream", "Last-Event-ID": "a-1" };
    const answer = await visitor.visit("/reports", { headers });

    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toContain("text/event-stream");
    expect(await answer.text()).toBe('event: bk:close\ndata: {"reason":"expired","path":"/login"}\n\n');
  });

  it("answers programs with 401", async () => {
    const { visitor } = createGuarded();

    expect((await visitor.visit("/reports", { headers: { Accept: "application/json" } })).status).toBe(401);
    expect((await visitor.visit("/reports", { headers: { Accept: "text/event-stream" } })).status).toBe(401);
  });

  it("goes back to the page that contained the form", async () => {
    const { visitor } = createGuarded();

    const answer = await visitor.post("/reports", {}, { headers: { Referer: "https://app.example/board" } });

    expect(answer.headers.get("Location")).toBe("/login?next=%2Fboard");
  });

  it.each([
    "/reports/",
    "//reports",
    "/REPORTS",
    "/%72eports",
    "/./reports",
    "/reports;x",
    "/reports%2f",
    "/reports%00",
  ])("is not passed by way of %s", async (path) => {
    const { visitor, runs } = createGuarded();

    const answer = await visitor.visit(path);

    expect([303, 404]).toContain(answer.status);
    expect(runs()).toBe(0);
  });

  it.each(["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])("is not passed by %s", async (method) => {
    const { visitor, runs } = createGuarded();

    await visitor.visit("/reports", { method, headers: { "X-HTTP-Method-Override": "GET" } });

    expect(runs()).toBe(0);
  });

  it("lets a user in and sets c.var.user", async () => {
    const guarded = createGuarded();
    await registerAnn(guarded);
    const visitor = await logInAnn(guarded);

    const answer = await visitor.visit("/reports");

    expect(await answer.text()).toBe("Hello, Ann");
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
  });
});

describe("the guards", () => {
  it("have the names that the list of routes shows", () => {
    const guards = [RequireLogin, RequireGuest, RequireVerifiedEmail, RequireRecentLogin, RequireRole("admin")];

    expect(guards.map(({ name }) => name)).toEqual([
      "RequireLogin",
      "RequireGuest",
      "RequireVerifiedEmail",
      "RequireRecentLogin",
      "RequireRole",
    ]);
  });

  it("say what is missing when the middleware of the accounts did not run", async () => {
    const app = new Hono().get("/", RequireLogin, (c) => c.text("in"));
    app.onError((error, c) => c.text("code" in error ? String(error.code) : "", 500));

    expect(await (await app.request("/")).text()).toBe("AUTH_NOT_INSTALLED");
  });
});

describe("RequireGuest", () => {
  it("lets visitors in and redirects users", async () => {
    const guarded = createGuarded();
    await registerAnn(guarded);

    expect((await guarded.visitor.visit("/guests")).status).toBe(200);
    expect((await (await logInAnn(guarded)).visit("/guests")).headers.get("Location")).toBe("/");
  });
});

describe("RequireVerifiedEmail", () => {
  it("lets users with a confirmed address in and asks the others to confirm theirs", async () => {
    const guarded = createGuarded();
    await guarded.visitor.post("/register", ann);
    const unconfirmed = await logInAnn(guarded);

    const before = await unconfirmed.visit("/verified");
    await guarded.auth.users.update((await guarded.auth.users.findByEmail(ann.email))?.id ?? "", {
      emailVerifiedAt: 1,
    });
    const after = await unconfirmed.visit("/verified");

    expect(before.headers.get("Location")).toBe("/verify-email?next=%2Fverified");
    expect(after.status).toBe(200);
  });
});

describe("RequireRecentLogin", () => {
  it("asks for the password after ten minutes, then rotates the token, and the old one stops working", async () => {
    const guarded = createGuarded();
    await registerAnn(guarded);
    const visitor = await logInAnn(guarded);
    const old = visitor.cookies.get("__Host-sid") ?? "";

    const fresh = await visitor.visit("/recent");
    guarded.clock.time += 10 * 60_000;
    const stale = await visitor.visit("/recent");
    const confirmed = await visitor.post("/account/confirm", { password: ann.password, next: "/recent" });
    const again = await visitor.visit("/recent");
    const replay = new Visitor(guarded.app);
    replay.cookies.set("__Host-sid", old);

    expect([fresh.status, stale.status, again.status]).toEqual([200, 303, 200]);
    expect(stale.headers.get("Location")).toBe("/account/confirm?next=%2Frecent");
    expect(confirmed.headers.get("Location")).toBe("/recent");
    expect((await replay.visit("/reports")).status).toBe(303);
  });

  it("refuses a wrong password", async () => {
    const guarded = createGuarded();
    await registerAnn(guarded);
    const visitor = await logInAnn(guarded);
    guarded.clock.time += 10 * 60_000;

    const answer = await visitor.post("/account/confirm", { password: "wrong password here" });

    expect(answer.status).toBe(422);
    expect((await visitor.visit("/recent")).status).toBe(303);
  });
});

describe("RequireRole", () => {
  it("lets in users with one of the roles and nobody else", async () => {
    const guarded = createGuarded();
    await registerAnn(guarded);
    const id = (await guarded.auth.users.findByEmail(ann.email))?.id ?? "";

    const member = await (await logInAnn(guarded)).visit("/admin");
    await guarded.auth.changeRole(id, "admin");
    const admin = await (await logInAnn(guarded)).visit("/admin");

    expect([member.status, admin.status]).toEqual([403, 200]);
    expect((await guarded.visitor.visit("/admin")).status).toBe(303);
  });

  it("ends the sessions of a user whose role changes", async () => {
    const guarded = createGuarded();
    await registerAnn(guarded);
    const visitor = await logInAnn(guarded);

    await guarded.auth.changeRole((await guarded.auth.users.findByEmail(ann.email))?.id ?? "", "guest");

    expect((await visitor.visit("/reports")).status).toBe(303);
    expect(guarded.ends.at(-1)?.reason).toBe("role-changed");
  });
});
