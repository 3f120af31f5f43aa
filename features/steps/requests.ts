import { Given, Then, When } from "../support/test.ts";

Given("a list that shows open entries", ({ filter }) => filter.open());

When("she filters for done ones, and the list refreshes itself before their answer", ({ filter }) =>
  filter.filterAndRefresh(),
);

Then("it was asked for done ones twice, and shows them", ({ filter }) => filter.expectFilter("done"));

When("she asks for an answer of which the server picks a piece", ({ filter }) => filter.pick());

Then("the list shows only that piece", ({ filter }) => filter.expectPicked());
