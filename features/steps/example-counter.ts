import { Given, Then, When } from "../support/test.ts";

Given("Ann and Bob have the live page {string} open", ({ counter }, path: string) => counter.openForBoth(path));

When("she pauses the counter", ({ counter }) => counter.press("Ann", "Pause", 1));

When("{word} presses {string} {int} time(s)", ({ counter }, name: string, button: string, times: number) =>
  counter.press(name, button, times),
);

When("a client that last saw tick {int} listens to {string}", ({ example }, tick: number, path: string) =>
  example.listen(path, { "Last-Event-ID": String(tick) }),
);

Then("her page keeps counting without a gap", ({ counter }) => counter.expectCounting());

Then("it receives {int} ticks, one second apart", ({ counter }, times: number) => counter.expectTicks(times));

Then("its first tick is {int}", ({ counter }, count: number) => counter.expectFirstTick(count));

Then("Ann sees the count {int}", ({ counter }, count: number) => counter.expectCount(count, "Ann"));

Then("Ann and Bob see the count {int}", ({ counter }, count: number) => counter.expectCount(count, "Ann", "Bob"));
