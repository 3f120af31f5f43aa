import { expect } from "@playwright/test";
import { type JobType, jobsDashboard, RequireRole } from "buffkit";
import { createUser, logInAs } from "buffkit/testing";
import { z } from "zod";
import { Given, Then, When } from "../support/test.ts";

const path = "/admin/jobs";

Given(
  "an app in production that keeps its jobs page for admins, with a job {string} that fails for good",
  async ({ scene }, name: string) => {
    const parts = [jobsDashboard({ path, guard: RequireRole("admin") })];
    const { kit } = await scene.wire({ config: { dev: false, migrate: true, mail: "log", parts } });
    const job = kit.jobs.define(name, {
      schema: z.string(),
      attempts: 1,
      handler: async () => {
        if (scene.notes.get("is repaired") !== true) throw new Error("the printer is on fire");
      },
    });
    scene.notes.set("job", job);
  },
);

When("an admin opens the jobs page", async ({ scene, page }) => {
  const { kit, url } = scene.app;
  const cookie = await logInAs(kit, await createUser(kit, { name: "Ada", role: "admin" }));
  const [name = "", value = ""] = cookie.split("=");
  await page.context().addCookies([{ name, value, domain: "localhost", path: "/", secure: true }]);
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  scene.notes.set("problems", problems);
  await page.goto(url + path);
});

When("the job has been tried", async ({ scene }) => {
  // Set by the step that wired the app.
  await scene.app.kit.jobs.enqueue(scene.notes.get("job") as JobType<string>, "page 1");
});

When("the admin has the failed job done again", async ({ page }) => {
  await page.getByRole("button", { name: "Retry" }).click();
});

Then("the page has broken no rule of its security policy", ({ scene }) => {
  expect(scene.notes.get("problems")).toEqual([]);
});

Then("a member who asks for the jobs page is refused", async ({ scene }) => {
  const { kit, url } = scene.app;
  const cookie = await logInAs(kit, await createUser(kit, { name: "Ben" }));
  const answer = await fetch(url + path, { headers: { Cookie: cookie, Accept: "text/html" }, redirect: "manual" });
  expect(answer.status).toBe(403);
});
