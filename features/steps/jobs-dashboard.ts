import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import { Given, Then, When } from "../support/test.ts";

const figure = (page: Page, label: string) =>
  page
    .locator(".figures li")
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator(".figure");

Given(
  "an app whose job {string} succeeds and whose job {string} fails for good",
  async ({ scene }, good: string, bad: string) => {
    const { jobs } = (await scene.wire()).kit;
    const schema = z.string();
    const succeeds = jobs.define(good, { schema, handler: async () => {} });
    const fails = jobs.define(bad, {
      schema,
      attempts: 1,
      handler: async () => {
        if (scene.notes.get("is repaired") !== true) throw new Error("the printer is on fire");
      },
    });
    scene.notes.set("start both", async () => {
      const over = new Promise<void>((resolve) => {
        const kinds = new Set<string>();
        const stop = jobs.onChange(({ kind, name }) => {
          if ((name === good && kind === "done") || (name === bad && kind === "dead")) kinds.add(kind);
          if (kinds.size < 2) return;
          stop();
          resolve();
        });
      });
      await jobs.enqueue(succeeds, "Ann");
      await jobs.enqueue(fails, "page 1");
      await over;
    });
  },
);

When("both jobs have been done", async ({ scene }) => {
  await (scene.notes.get("start both") as () => Promise<void>)();
});

Then(
  "the dashboard counts {int} as {string} and {int} as {string}",
  async ({ page }, one: number, label: string, other: number, otherLabel: string) => {
    await expect(figure(page, label)).toHaveText(String(one));
    await expect(figure(page, otherLabel)).toHaveText(String(other));
  },
);

Then("the failed job {string} shows its error {string}", async ({ page }, name: string, error: string) => {
  const row = page.locator(".card").filter({ hasText: "Failed" }).getByRole("listitem").filter({ hasText: name });
  await expect(row.locator("summary")).toContainText(error);
});

/** Waits for the page that answers, and until it is told of changes. */
async function clickAndFollow(page: Page, button: string): Promise<void> {
  const loaded = page.waitForEvent("load");
  await page.getByRole("button", { name: button }).click();
  await loaded;
  await expect(page.locator("#dev-live")).toHaveAttribute("data-state", "live");
}

Given("a developer has the dashboard open", async ({ scene, page }) => {
  await page.goto(`${scene.app.url}/__dev/jobs`);
  await expect(page.locator("#dev-live")).toHaveAttribute("data-state", "live");
});

When("the printer is repaired", ({ scene }) => {
  scene.notes.set("is repaired", true);
});

When("the developer has the failed job done again", async ({ page }) => {
  await clickAndFollow(page, "Retry");
});

Given("an app whose job {string} waits for an hour", async ({ scene }, name: string) => {
  const { jobs } = (await scene.wire()).kit;
  const job = jobs.define(name, { schema: z.string(), handler: async () => {} });
  await jobs.enqueue(job, "Ann", { delayMs: 60 * 60_000 });
});

When("the developer takes the waiting job back", async ({ page }) => {
  await expect(figure(page, "Delayed")).toHaveText("1");
  await clickAndFollow(page, "Cancel");
});
