import { Given, Then, When } from "../support/test.ts";

Given(
  "an app whose job {string} succeeds and whose job {string} fails for good",
  ({ jobs }, good: string, bad: string) => jobs.start(good, bad),
);

Given(
  "a production app that shows its jobs to admins, with a job {string} that fails for good",
  ({ jobs }, bad: string) => jobs.startInProduction(bad),
);

Given("an app whose job {string} is delayed for an hour", ({ jobs }, name: string) => jobs.startWithDelayedJob(name));

Given("a developer has the dashboard open", ({ jobs }) => jobs.openDashboard());

When("an admin opens the dashboard", ({ jobs }) => jobs.openAsAdmin());

When("both jobs have run", ({ jobs }) => jobs.runBoth());

When("the job has run", ({ jobs }) => jobs.enqueueFailing());

When("the printer is repaired", ({ jobs }) => jobs.repair());

When("the developer retries the failed job", ({ jobs }) => jobs.clickAndReload("Retry"));

When("the admin retries the failed job", ({ jobs }) => jobs.click("Retry"));

When("the developer cancels the delayed job", ({ jobs }) => jobs.cancelDelayed());

Then(
  "the dashboard shows {int} as {string} and {int} as {string}",
  async ({ jobs }, count: number, label: string, otherCount: number, otherLabel: string) => {
    await jobs.expectFigure(label, count);
    await jobs.expectFigure(otherLabel, otherCount);
  },
);

Then("the failed job {string} shows the error {string}", ({ jobs }, name: string, error: string) =>
  jobs.expectError(name, error),
);

Then("the browser logs no errors", ({ jobs }) => jobs.expectNoConsoleErrors());

Then("a member who opens the dashboard gets {int}", ({ jobs }, status: number) => jobs.expectMemberStatus(status));
