import { Given, Then, When } from "../support/test.ts";

Given(
  "an app with {int} users, {int} pending jobs and {int} open stream",
  ({ diagnostics }, users: number, jobs: number, streams: number) => diagnostics.start({ users, jobs, streams }),
);

When(
  "{int} more user, {int} more jobs and {int} more stream are added",
  ({ diagnostics }, users: number, jobs: number, streams: number) => diagnostics.add({ users, jobs, streams }),
);

Then(
  "it shows {int} users, {int} pending jobs and {int} SSE connection(s)",
  ({ diagnostics }, users: number, jobs: number, streams: number) =>
    diagnostics.expectFigures({ users, jobs, streams }),
);

Then("it lists the import map and the components", ({ diagnostics }) => diagnostics.expectImportMapAndComponents());
