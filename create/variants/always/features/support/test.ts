import { test as base, createBdd } from "playwright-bdd";
import { People } from "./people.ts";
import { type RunningApp, startApp } from "./running-app.ts";

interface ScenarioFixtures {
  /** The people in the scenario, each with their own browser. */
  people: People;
  /** Values shared between the steps of a scenario. */
  notes: Map<string, string>;
}

interface WorkerFixtures {
  /** The running app, one per worker. */
  site: RunningApp;
}

export const test = base.extend<ScenarioFixtures, WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
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
