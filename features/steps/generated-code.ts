import { Given, Then, When } from "../support/test.ts";

Given("a developer has generated tickets and runs the app", ({ generated }) => generated.start());

Given("Ann and Bob have the list of tickets open", ({ generated }) => generated.open("Ann", "Bob"));

When("Ann saves a ticket without a title", ({ generated }) => generated.saveWithoutTitle("Ann"));

Then("she is told what is missing, and keeps what she typed", ({ generated }) => generated.expectProblem("Ann"));

When("she gives it the title {string}", ({ generated }, title: string) => generated.giveTitle("Ann", title));

Then("she is told that it was saved", ({ generated }) => generated.expectMessage("Ann", "Saved."));

Then(/^(Ann|Bob|Cleo) sees the ticket "(.+)" in (?:his|her) list$/, ({ generated }, name: string, title: string) =>
  generated.expectTicket(name, title),
);

When("Bob renames the ticket to {string}", ({ generated }, title: string) => generated.rename("Bob", title));

When("Ann deletes the ticket", ({ generated }) => generated.delete("Ann"));

Then("Bob sees that there are no tickets", ({ generated }) => generated.expectNoTickets("Bob"));

When("Ann saves the ticket {string}", ({ generated }, title: string) => generated.save("Ann", title));

When("Bob searches for {string}", ({ generated }, text: string) => generated.search("Bob", text));

When("Cleo searches for {string} without JavaScript", ({ generated }, text: string) =>
  generated.searchPlainly("Cleo", text),
);

Then("Bob doesn't see the ticket {string}", ({ generated }, title: string) => generated.expectMissing("Bob", title));

Then("Bob's search is still {string}, also in the address of his page", ({ generated }, text: string) =>
  generated.expectSearch("Bob", text),
);

Then("Bob sees that no tickets are found", ({ generated }) => generated.expectNoneFound("Bob"));

Then("a visitor who isn't logged in can neither open the list nor listen to it", ({ generated }) =>
  generated.expectClosedToVisitors(),
);
