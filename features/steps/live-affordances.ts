import { Given, Then, When } from "../support/test.ts";

Given("Ann, Ben and Sue from support have the tickets open", ({ tickets }) => tickets.open());

Given("Ann and Ben have made a ticket each", async ({ tickets }) => {
  await tickets.make("Ann", "Ann's ticket");
  await tickets.make("Ben", "Ben's ticket");
});

Given("Ann's page notes when her button is hidden", ({ tickets }) => tickets.watchFirstButton("Ann"));

When("Ben makes {string}", ({ tickets }, title: string) => tickets.make("Ben", title));

When("the ticket {string} becomes {string}", ({ tickets }, title: string, newTitle: string) =>
  tickets.rename(title, newTitle),
);

When("Ann follows a link to the archive and comes back", ({ tickets }) => tickets.visitArchive("Ann"));

When("Ann's browser forgets who she is", ({ tickets }) => tickets.forget("Ann"));

When("Ben logs in with Ann's browser", ({ tickets }) => tickets.logInElsewhere("Ben", "Ann"));

When("Ann opens the tickets without JavaScript", async ({ tickets }) => {
  await tickets.visit("Ann", false);
});

Then("{word} can delete {string} alone", ({ tickets }, name: string, titles: string) =>
  tickets.expectDeletable(name, titles.split(", ")),
);

Then("Ann can delete no ticket", ({ tickets }) => tickets.expectDeletable("Ann", []));

Then("Sue can close all tickets", ({ tickets }) => tickets.expectClosable("Sue", ["Ann's ticket", "Ben's ticket"]));

Then("nobody gets to other buttons with the keyboard", async ({ tickets }) => {
  for (const name of ["Ann", "Ben", "Sue"]) await tickets.expectReachable(name);
});

Then("her button was never hidden", ({ tickets }) => tickets.expectNeverHidden("Ann"));

Then("the page was never loaded again", ({ tickets }) => tickets.expectSameVisit("Ann"));
