import { expect } from "@playwright/test";
import { RequireLogin } from "buffkit";
import { createUser, logInAs } from "buffkit/testing";
import { html } from "hono/html";
import { goodPassword } from "../support/people.ts";
import { Given, Then, When } from "../support/test.ts";

When("a visitor opens {string}", async ({ people, scene }, path: string) => {
  scene.person = await people.get("Visitor");
  await scene.person.page.goto(path);
});

Then("the page asks for an e-mail address and a password", async ({ scene }) => {
  const { page } = scene.someone;
  await expect(page.getByLabel("Email")).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveAttribute("type", "password");
});

Given("Ann has a verified account", async ({ people, scene }) => {
  scene.person = await people.register("Ann");
  scene.notes.set("account", scene.person.email);
});

Given("Ann is logged in", async ({ people, scene }) => {
  scene.person = await people.logIn("Ann");
});

When("she logs in with her password", async ({ scene }) => {
  const { page, email } = scene.someone;
  await page.goto("/login");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(goodPassword);
  await page.getByRole("button", { name: "Log in" }).click();
});

When("the visitor logs in as Ann", async ({ scene }) => {
  const { page } = scene.someone;
  await page.getByLabel("Email").fill(String(scene.notes.get("account")));
  await page.getByLabel("Password").fill(goodPassword);
  await page.getByRole("button", { name: "Log in" }).click();
});

Then("she is on the boards page", async ({ scene }) => {
  const { page } = scene.someone;
  await expect(page).toHaveURL(/\/boards$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/boards/i);
});

When("she logs out", async ({ scene }) => {
  const { page } = scene.someone;
  await page.goto("/boards");
  await page.locator("#user-menu summary").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/login/);
});

Then("the boards are closed to her again", async ({ scene }) => {
  const { page } = scene.someone;
  await page.goto("/boards");
  await expect(page).toHaveURL(/\/login\?next=%2Fboards/);
});

Then("the visitor is asked to log in", async ({ scene }) => {
  await expect(scene.someone.page).toHaveURL(/\/login\?next=%2Fboards/);
});

Given("an app with the route {string} behind RequireLogin", async ({ scene }, path: string) => {
  await scene.wire({
    routes: (app) => {
      app.get(path, RequireLogin, (c) => {
        scene.notes.set("ran", true);
        return c.text("the report");
      });
    },
  });
});

When("somebody without a session asks for {string}", async ({ scene }, path: string) => {
  scene.answer = await fetch(scene.app.url + path, { redirect: "manual", headers: { Accept: "text/html" } });
});

Then("the answer is a redirect to {string}", async ({ scene }, target: string) => {
  expect(scene.answer?.status).toBe(303);
  expect(scene.answer?.headers.get("Location")).toBe(target);
});

Then("the handler did not run", async ({ scene }) => {
  expect(scene.notes.has("ran")).toBe(false);
});

When("she opens {string}", async ({ scene }, path: string) => {
  const answer = await scene.someone.page.goto(path);
  scene.notes.set("redirected", answer?.request().redirectedFrom() ?? null);
});

Then("no redirect happened on the way", async ({ scene }) => {
  expect(scene.notes.get("redirected")).toBeNull();
});

Given("an app with the page {string} that greets the current user", async ({ scene }, path: string) => {
  await scene.wire({
    routes: (app) => {
      app.get(path, (c) => {
        scene.notes.set("seen", c.var.user?.name);
        return c.render(html`<p>Hello, ${c.var.user?.name ?? "stranger"}</p>`, { title: "Me" });
      });
    },
  });
});

Given("the user {string} is logged in to it", async ({ scene }, name: string) => {
  const user = await createUser(scene.app.kit, { name });
  scene.notes.set("cookie", await logInAs(scene.app.kit, user));
});

When("she asks for {string}", async ({ scene }, path: string) => {
  const answer = await fetch(scene.app.url + path, { headers: { Cookie: String(scene.notes.get("cookie")) } });
  scene.text = await answer.text();
});

Then("the handler saw the user {string}", async ({ scene }, name: string) => {
  expect(scene.notes.get("seen")).toBe(name);
});

Then("the page says {string}", async ({ scene }, text: string) => {
  expect(scene.text).toContain(text);
});
