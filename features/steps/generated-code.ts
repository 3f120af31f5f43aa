import { Given, Then, When } from "../support/test.ts";

Given("a developer has generated tickets and runs the app", ({ generated }) => generated.start());

Given("Ann and Bob have the list of tickets open", ({ generated }) => generated.open("Ann", "Bob"));

When("Ann saves a ticket without a title", ({ generated }) => generated.saveWithoutTitle("Ann"));

Then("she is told what is missing, and keeps what she typed", ({ generated }) => generated.expectProblem("Ann"));

When("she gives it the title {string}", ({ generated }, title: string) => generated.giveTitle("Ann", title));

Then("she is told that it was saved", ({ generated }) => generated.expectMessage("Ann", "Saved."));

Then(/^(Ann|Bob) sees the ticket "(.+)" in (?:his|her) list$/, ({ generated }, name: string, title: string) =>
  generated.expectTicket(name, title),
);

When("Bob renames the ticket to {string}", ({ generated }, title: string) => generated.rename("Bob", title));

When("Ann deletes the ticket", ({ generated }) => generated.delete("Ann"));

Then("Bob sees that there are no tickets", ({ generated }) => generated.expectNoTickets("Bob"));

Then("a visitor who isn't logged in can neither open the list nor listen to it", ({ generated }) =>
  generated.expectClosedToVisitors(),
);
