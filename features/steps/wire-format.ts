import { Given, Then, When } from "../support/test.ts";

Given(
  "{int} random events from the seed {int}, split at random places",
  ({ wireFormat }, count: number, seed: number) => wireFormat.serve(count, seed),
);

Given(
  "{int} random events of {int} characters from the seed {int}, split at random places",
  ({ wireFormat }, count: number, length: number, seed: number) => wireFormat.serve(count, seed, length),
);

Given("{int} random events from the seed {int}", ({ wireFormat }, count: number, seed: number) =>
  wireFormat.prepareBroadcasts(count, seed),
);

When("Chromium's EventSource reads the stream", ({ wireFormat }) => wireFormat.readWithEventSource());

When("htmx reads the stream", ({ wireFormat }) => wireFormat.readWithHtmx());

When("Chromium's EventSource reads what the broker broadcasts", ({ wireFormat }) => wireFormat.broadcastAndRead());

Then("it has read every event in order and unchanged", ({ wireFormat }) => wireFormat.expectAllUnchanged());
