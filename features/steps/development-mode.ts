import { expect } from "@playwright/test";
import { LiveStream } from "buffkit";
import { html } from "hono/html";
import { DevelopersCopy } from "../support/developers-copy.ts";
import { live } from "../support/live.ts";
import { startSmtpServer } from "../support/smtp-server.ts";
import { askForEverySpelling } from "../support/spellings.ts";
import { Given, Then, When } from "../support/test.ts";

const developmentPages = ["/__mail", "/__mail/preview", "/__mail/templates", "/__dev"];

Given("the app sent a mail {string} to {string}", async ({ scene }, subject: string, to: string) => {
  if (!scene.hasApp) await scene.wire();
  await scene.app.kit.mail.send({ to, subject, text: `This is ${subject}.` });
});

When("a developer opens {string}", async ({ scene, page }, path: string) => {
  if (!scene.hasApp) await scene.wire();
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  scene.notes.set("violations", violations);
  const answer = await page.goto(scene.app.url + path);
  scene.notes.set("status", answer?.status());
  scene.notes.set("headers", await answer?.allHeaders());
});

Then("the answer is 200", async ({ scene }) => {
  expect(scene.notes.get("status")).toBe(200);
});

Then("the page lists {string} to {string}", async ({ page }, subject: string, to: string) => {
  const main = page.locator("body");
  await expect(main.getByText(subject, { exact: true }).first()).toBeVisible();
  await expect(main.getByText(to).first()).toBeVisible();
});

Given("the app runs in production", async ({ production, scene }) => {
  scene.notes.set("url", production.url);
});

When("somebody asks for {string} in every way an attacker might", async ({ scene }, path: string) => {
  scene.notes.set("statuses", await askForEverySpelling(String(scene.notes.get("url")), path));
});

Then("each answer is 404", async ({ scene }) => {
  const statuses = Object.entries(scene.notes.get("statuses") ?? {});
  expect(statuses.length).toBeGreaterThan(5);
  // A spelling that HTTP or the host check already refuses (400, 403) does not reach the pages either.
  expect(statuses.filter(([, status]) => ![400, 403, 404].includes(status))).toEqual([]);
});

Then("the log tells of both mails", async ({ scene }) => {
  for (const subject of ["First news", "Second news"]) {
    expect(scene.app.logLines.some((line) => line.includes(subject))).toBe(true);
  }
});

Given(
  "the app sent a mail {string} with the HTML {string} and the text {string}",
  async ({ scene }, subject: string, markup: string, text: string) => {
    const app = await scene.wire();
    const inner = /^<h1>(.*)<\/h1>$/.exec(markup)?.[1] ?? "";
    await app.kit.mail.send({ to: "ann@example.test", subject, html: html`<h1>${inner}</h1>`, text });
  },
);

When("a developer opens that mail in the inbox", async ({ scene, page }) => {
  await page.goto(`${scene.app.url}/__mail`);
  await page.getByRole("link", { name: /Two versions/ }).click();
});

Then("its rendered HTML shows {string}", async ({ page }, text: string) => {
  await expect(page.frameLocator("iframe").getByRole("heading", { name: text })).toBeVisible();
});

Then("its text shows {string}", async ({ page }, text: string) => {
  await page.getByRole("link", { name: "Text", exact: true }).click();
  await expect(page.locator("pre")).toHaveText(text);
});

Then("the page carries the security headers of development", async ({ scene }) => {
  const headers = scene.notes.get("headers") as Record<string, string>;
  expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
  expect(headers["content-security-policy"]).toContain("script-src 'self'");
  expect(headers["strict-transport-security"]).toBeUndefined();
});

Then("no content security policy violation happened", async ({ scene }) => {
  expect(scene.notes.get("violations")).toEqual([]);
});

Then("the development script runs", async ({ scene, page }) => {
  await scene.app.kit.mail.send({ to: "ann@example.test", subject: "Comes while one looks", text: "Hi" });
  await page.goto(`${scene.app.url}/__mail`);
  await expect(page.getByText("Comes while one looks").first()).toBeVisible();
  await scene.app.kit.mail.send({ to: "ann@example.test", subject: "And one more", text: "Hi" });
  await expect(page.getByText("And one more").first()).toBeVisible();
});

Given("a page that fails with the message {string}", async ({ scene }, message: string) => {
  for (const dev of [true, false]) {
    const app = await scene.wire({
      config: { dev },
      routes: (routes) => {
        routes.get("/fails", () => {
          throw new RangeError(message);
        });
      },
    });
    scene.notes.set(dev ? "development" : "production", app);
  }
});

When(/^it is opened in (development|production)$/, async ({ scene }, mode: string) => {
  const app = scene.notes.get(mode) as typeof scene.app;
  const headers = { Accept: "text/html", "User-Agent": "a-curious-browser" };
  const answer = await fetch(`${app.url}/fails?shelf=3`, { headers });
  expect(answer.status).toBe(500);
  scene.text = await answer.text();
});

Then("the answer shows the message, the stack and the request", async ({ scene }) => {
  expect(scene.text).toContain("the stock is empty");
  expect(scene.text).toContain("development-mode.ts");
  expect(scene.text).toContain("/fails?shelf=3");
  expect(scene.text).toContain("a-curious-browser");
});

Then("the answer shows a request id and nothing about the error", async ({ scene }) => {
  expect(scene.text).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  expect(scene.text).not.toMatch(/stock|RangeError|\.ts|node_modules|shelf/);
});

Given("a developer's copy of an app with its page open", async ({ scene, page }) => {
  const copy = await DevelopersCopy.start();
  scene.atEnd(() => copy.stop());
  scene.notes.set("copy", copy);
  await page.goto(copy.url);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Before");
});

When("the developer edits the template", async ({ scene }) => {
  (scene.notes.get("copy") as DevelopersCopy).editTemplate("After");
});

Then("the open page shows the edit by itself", async ({ page }) => {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("After", { timeout: 15_000 });
});

When(
  "the developer makes a mistake in the template that no program can read, and opens the page again",
  async ({ scene, page }) => {
    const copy = scene.notes.get("copy") as DevelopersCopy;
    copy.breakTemplate();
    await expect
      .poll(() =>
        fetch(copy.url).then(
          ({ status }) => status,
          () => "nobody there",
        ),
      )
      .toBe(503);
    await page.goto(copy.url);
  },
);

Then("the page says that the app cannot run, and names the template", async ({ page }) => {
  await expect(page.getByRole("heading", { name: "The app cannot run" })).toBeVisible();
  await expect(page.locator("pre")).toContainText("home.tsx");
});

When("the developer edits the stylesheet", async ({ scene }) => {
  (scene.notes.get("copy") as DevelopersCopy).editStyle("rgb(1, 2, 3)");
});

Then("the open page shows the new style by itself", async ({ page }) => {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCSS("color", "rgb(1, 2, 3)", { timeout: 15_000 });
});

Given("a real SMTP server", async ({ scene }) => {
  const server = await startSmtpServer();
  scene.atEnd(() => server.stop());
  scene.notes.set("smtp", server);
});

When("the same configuration sends a mail in development and in production", async ({ scene }) => {
  const server = scene.notes.get("smtp") as Awaited<ReturnType<typeof startSmtpServer>>;
  for (const dev of [true, false]) {
    const app = await scene.wire({ config: { dev, smtpUrl: server.url, mail: { inboxFolder: false } } });
    scene.notes.set(dev ? "development" : "production", app);
    await app.kit.mail.send({ to: "ann@example.test", subject: dev ? "Kept here" : "Sent out", text: "Hi" });
  }
});

Then("the mail of development is in the inbox and not at the SMTP server", async ({ scene }) => {
  const app = scene.notes.get("development") as typeof scene.app;
  const server = scene.notes.get("smtp") as Awaited<ReturnType<typeof startSmtpServer>>;
  expect(await (await fetch(`${app.url}/__mail`)).text()).toContain("Kept here");
  expect(server.received.join("\n")).not.toContain("Kept here");
});

Then("the mail of production is at the SMTP server, and there is no preview", async ({ scene }) => {
  const app = scene.notes.get("production") as typeof scene.app;
  const server = scene.notes.get("smtp") as Awaited<ReturnType<typeof startSmtpServer>>;
  expect(server.received.join("\n")).toContain("Subject: Sent out");
  expect((await fetch(`${app.url}/__mail`)).status).toBe(404);
  expect((await fetch(`${app.url}/__mail/preview`)).status).toBe(404);
});

Given("a page with an open stream", async ({ scene, context }) => {
  const app = await scene.wire();
  app.app.get("/open", (c) => c.render(html`${LiveStream({ since: c.var.liveCursor })}`, { title: "Open" }));
  const open = await context.newPage();
  await open.goto(`${app.url}/open`);
  await live(open);
});

Then(
  "it shows the SSE connections, the users, the pending jobs, the import map and the components",
  async ({ page }) => {
    const figure = (label: string) => page.locator(".figures li").filter({ hasText: label }).locator(".figure");
    await expect(figure("SSE connections")).toHaveText("1");
    await expect(figure("Users")).toHaveText("0");
    await expect(figure("Pending jobs")).toHaveText("0");
    await expect(page.getByText("bk-button")).toBeVisible();
    await expect(page.getByText("hx-sse", { exact: true })).toBeVisible();
  },
);

Then("each development page answers 200 in development", async ({ site }) => {
  for (const path of developmentPages) expect((await fetch(site.url + path)).status, path).toBe(200);
});

Then("each development page answers 404 in production", async ({ production }) => {
  for (const path of developmentPages) expect((await fetch(production.url + path)).status, path).toBe(404);
});
