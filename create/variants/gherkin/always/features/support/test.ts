import { test as base, createBdd } from "playwright-bdd";
import { People } from "./people.ts";

interface ScenarioFixtures {
  /** The people in the scenario, each with their own browser. */
  people: People;
}

export const test = base.extend<ScenarioFixtures>({
  people: async ({ browser, baseURL }, use) => {
    const people = new People(browser, { url: baseURL ?? "" });
    await use(people);
    await people.close();
  },
});

export const { Given, When, Then } = createBdd(test);
