import { mergeTests } from "@playwright/test";
import { createPlaywrightTest } from "buffkit/testing/playwright";
import { test as base, createBdd } from "playwright-bdd";
import { People } from "./people.ts";

interface ScenarioFixtures {
  /** The people in the scenario, each with their own browser. */
  people: People;
}

/** Runs the app for each scenario, on a database of its own. */
export const test = mergeTests(base, createPlaywrightTest()).extend<ScenarioFixtures>({
  people: async ({ browser, server }, use) => {
    const people = new People(browser, server);
    await use(people);
    await people.close();
  },
});

export const { Given, When, Then } = createBdd(test);
