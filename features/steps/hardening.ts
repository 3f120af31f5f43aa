import { hash } from "@node-rs/argon2";
import { expect } from "@playwright/test";
import { createUser, logInAs } from "buffkit/testing";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import type { DataTable } from "playwright-bdd";
import { goodPassword } from "../support/people.ts";
import { type RawAnswer, type RawRequest, sendRaw } from "../support/raw-request.ts";
import type { Scene } from "../support/scene.ts";
import { tellTales } from "../support/tell-tales.ts";
import { Given, Then, When } from "../support/test.ts";

/** csp_evaluator's levels: 10 high, 20 a flaw of syntax, 30 medium; above are remarks. */
const seriousAtMost = 30;

Given("the production app and a development app", async ({ production, scene }) => {
  scene.notes.set("production", production.url);
  scene.notes.set("development", (await scene.wire()).url);
});

Then(
  "csp_evaluator finds nothing of high or medium severity in the policies of",
  async ({ scene }, table: DataTable) => {
    for (const { app = "", path = "" } of table.hashes()) {
      const { headers } = await sendRaw(String(scene.notes.get(app)), {
        method: "GET",
        path,
        headers: { Accept: "text/html" },
      });
      const policy = String(headers["content-security-policy"]);
      const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();
      const serious = findings.filter(({ severity }) => severity <= seriousAtMost);
      expect(
        serious.map(({ directive, description }) => `${directive}: ${description}`),
        `${app} ${path}`,
      ).toEqual([]);
    }
  },
);

Given("an app in production whose page {string} fails", async ({ scene }, path: string) => {
  await scene.wire({
    config: { dev: false },
    routes: (app) => {
      app.get(path, () => {
        throw new Error("the password of the database is hunter2");
      });
    },
  });
});

const wanted = {
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "x-xss-protection": /^0$/,
  "referrer-policy": /^(?:strict-origin-when-cross-origin|no-referrer)$/,
  "permissions-policy": /camera=\(\)/,
  "strict-transport-security": /^max-age=(?:3[1-9]\d{6}|[4-9]\d{7}|\d{9,}); includeSubDomains/,
  "content-security-policy": /default-src 'none'.*frame-ancestors 'none'/,
};

Then("these answers carry them, and say nothing of what the server is made of", async ({ scene }, table: DataTable) => {
  for (const { answer: what, method = "", path = "", status } of table.hashes()) {
    const site = path === "/logout" ? "cross-site" : "same-origin";
    const headers = { Accept: "text/html", "Sec-Fetch-Site": site };
    const answer = await sendRaw(scene.app.url, { method, path, headers });
    expect(answer.status, what).toBe(Number(status));
    for (const [name, value] of Object.entries(wanted))
      expect(answer.headers[name], `${name} of ${what}`).toMatch(value);
    if (String(answer.headers["content-type"]).startsWith("text/html")) {
      expect(answer.headers["cross-origin-opener-policy"], what).toBe("same-origin");
      expect(answer.headers["cross-origin-resource-policy"], what).toBe("same-origin");
    }
    expect(answer.headers.server ?? answer.headers["x-powered-by"], what).toBeUndefined();
    expect(answer.body, what).not.toMatch(tellTales);
  }
});

Given("an app to which Ann is logged in", async ({ scene }) => {
  const { kit } = await scene.wire({ config: { auth: { afterLogin: "/home" } } });
  const ann = await createUser(kit, { name: "Ann" });
  await kit.auth.users.update(ann.id, { passwordHash: await hash(goodPassword) });
  scene.notes.set("email", ann.email);
  scene.notes.set("cookie", await logInAs(kit, ann));
});

When(
  /^a request to log her out comes with the headers "(.*)" and the body "(.*)"$/,
  async ({ scene }, given: string, body: string) => {
    const { method = "POST", ...headers } = Object.fromEntries(given.split("; ").map((line) => line.split(": ")));
    const Cookie = String(scene.notes.get("cookie"));
    const answer = await sendRaw(scene.app.url, { method, path: "/logout", headers: { ...headers, Cookie }, body });
    scene.notes.set("status", answer.status);
  },
);

Then(
  /^it is answered with (\d+), and she is still logged in: (yes|no)$/,
  async ({ scene }, status: string, still: string) => {
    const headers = { Accept: "text/html", Cookie: String(scene.notes.get("cookie")) };
    const account = await sendRaw(scene.app.url, { method: "GET", path: "/account", headers });
    expect(scene.notes.get("status")).toBe(Number(status));
    expect(account.status).toBe(still === "yes" ? 200 : 303);
  },
);

const elsewhere = [
  ..."//evil.example ///evil.example /\\evil.example \\\\evil.example https://evil.example https:evil.example".split(
    " ",
  ),
  ..."//evil.example%2f.. /%2fevil.example /%5cevil.example /.//evil.example /a/..//evil.example".split(" "),
  ..."javascript:alert(1) data:text/html,x //evil.example@localhost http://localhost@evil.example".split(" "),
  ..."\t//evil.example /\t/evil.example /\n/evil.example \u0000//evil.example /\u2028/evil.example".split(" "),
  ..."//localhost.evil.example ////evil.example/%2e%2e /%09/evil.example /%0d%0aLocation:%20//evil.example".split(" "),
];

async function logIn(scene: Scene, next: string): Promise<RawAnswer> {
  const form = new URLSearchParams({ email: String(scene.notes.get("email")), password: goodPassword, next });
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
  return await sendRaw(scene.app.url, { method: "POST", path: "/login", headers, body: String(form) });
}

Then("none of the ways to write another site's address leads there after a login", async ({ scene }) => {
  expect((await logIn(scene, "/boards/7?tab=a")).headers.location).toBe("/boards/7?tab=a");
  for (const next of elsewhere) {
    const { status, headers } = await logIn(scene, next);
    expect(status, JSON.stringify(next)).toBe(303);
    expect(new URL(String(headers.location), scene.app.url).origin, JSON.stringify(next)).toBe(scene.app.url);
    const page = await sendRaw(scene.app.url, { method: "GET", path: `/login?next=${encodeURIComponent(next)}` });
    expect(page.body, JSON.stringify(next)).not.toMatch(
      /(?:href|action|value)="(?:\/\/|\/\\|https?:|javascript:)[^"]*evil/,
    );
  }
});

When("a new password is asked for with forged host headers", async ({ scene }) => {
  const body = String(new URLSearchParams({ email: String(scene.notes.get("email")) }));
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Sec-Fetch-Site": "same-origin",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Original-Host": "evil.example",
    Forwarded: "host=evil.example;proto=https",
  };
  const answer = await sendRaw(scene.app.url, { method: "POST", path: "/forgot-password", headers, body });
  expect(answer.status).toBe(200);
  expect(answer.body).not.toContain("evil.example");
});

Then("the link in the mail leads to the app", async ({ scene }) => {
  const { auth, inbox } = scene.app.kit;
  await auth.idle();
  await expect.poll(() => inbox?.list().length).toBe(1);
  const [mail] = inbox?.list() ?? [];
  expect(mail?.text).toContain(`${scene.app.url}/reset-password?token=`);
  expect(`${mail?.text} ${mail?.html}`).not.toContain("evil.example");
});

Then("requests under a foreign host are refused, however the host is written", async ({ scene }) => {
  const { port } = new URL(scene.app.url);
  const ways: RawRequest[] = [
    ...["evil.example", `evil.example:${port}`, "localhost.evil.example", "localhost@evil.example", "[::1"].map(
      (Host) => ({
        ...{ method: "GET", path: "/login" },
        headers: { Host },
      }),
    ),
    { method: "GET", path: "http://evil.example/login", headers: { Host: `localhost:${port}` } },
  ];
  for (const way of ways) {
    const answer = await sendRaw(scene.app.url, way);
    expect([400, 403], JSON.stringify(way)).toContain(answer.status);
    expect(answer.body).not.toContain("evil.example");
  }
});
