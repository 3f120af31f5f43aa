import { test as base, createBdd } from "playwright-bdd";
import { People } from "./people.ts";
import { type ReferenceApp, startProductionApp, startReferenceApp } from "./reference-app.ts";
import { Scene } from "./scene.ts";

interface ScenarioFixtures {
  /** Those who act in the scenario on the reference app. */
  people: People;
  /** What the steps of one scenario tell each other. */
  scene: Scene;
}

interface WorkerFixtures {
  /** The reference app in development, one for each worker. */
  site: ReferenceApp;
  /** The production build of the reference app, one for each worker that needs it. */
  production: ReferenceApp;
}

export const test = base.extend<ScenarioFixtures, WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that a fixture needs from this pattern.
    async ({}, use) => {
      const app = await startReferenceApp();
      await use(app);
      await app.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  production: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const app = await startProductionApp();
      await use(app);
      await app.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  people: async ({ browser, site }, use) => {
    const people = new People(browser, site);
    await use(people);
    await people.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  scene: async ({}, use) => {
    const scene = new Scene();
    await use(scene);
    await scene.end();
  },
});

export const { Given, When, Then } = createBdd(test);
