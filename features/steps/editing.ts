import { Given, Then, When } from "../support/test.ts";

Given("a developer runs an app of their own and has its page open", ({ editing }) => editing.start());

When("the developer edits the template", ({ editing }) => editing.editTemplate());

When("the developer saves a syntax error in the template and opens the page again", ({ editing }) =>
  editing.breakTemplate(),
);

When("the developer edits the stylesheet", ({ editing }) => editing.editStyle());

Then("the open page shows the new template without a reload by hand", ({ editing }) => editing.expectEditedTemplate());

Then("the open page shows the new style without a reload by hand", ({ editing }) => editing.expectEditedStyle());

Then("the page says that the app can't run and names the template", ({ editing }) => editing.expectStartError());

When("the developer sends the form, which is refused", ({ editing }) => editing.sendForm());

When("the developer saves a syntax error in the template and sends the form", ({ editing }) =>
  editing.sendFormToBrokenApp(),
);

Then(/^the app got the form (\d+) times?$/, ({ editing }, times: string) => editing.expectFormsSent(Number(times)));

When("the developer deletes the database", ({ editing }) => editing.deleteDatabase());

Then("the app says so, and runs on a new database", ({ editing }) => editing.expectNewDatabase());
