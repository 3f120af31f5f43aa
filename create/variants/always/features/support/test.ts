import { test as base, createBdd } from "playwright-bdd";
import { People } from "./people.ts";
import { type RunningApp, startApp } from "./running-app.ts";

interface ScenarioFixtures {
  /** Those who act in the scenario, each with a browser of their own. */
  people: People;
  /** What the steps of one scenario tell each other. */
  notes: Map<string, string>;
}

interface WorkerFixtures {
  /** The running app, one for each worker. */
  site: RunningApp;
}

export const test = base.extend<ScenarioFixtures, WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that a fixture needs from this pattern.
    async ({}, use) => {
      const app = await startApp();
      await use(app);
      await app.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  people: async ({ browser, site }, use) => {
    const people = new People(browser, site);
    await use(people);
    await people.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  notes: async ({}, use) => {
    await use(new Map());
  },
});

export const { Given, When, Then } = createBdd(test);
