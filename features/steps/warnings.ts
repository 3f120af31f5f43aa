import type { DataTable } from "playwright-bdd";
import { Given, Then, When } from "../support/test.ts";

Given("a page in development, without warnings so far", ({ warnings }) => warnings.open());

When("it makes mistakes that nothing on it shows", ({ warnings }) => warnings.makeMistakes());

Then("the browser's console warns of these, and of nothing else", ({ warnings }, table: DataTable) =>
  warnings.expectWarnings(table.raw().flat()),
);
