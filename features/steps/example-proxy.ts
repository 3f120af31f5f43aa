import { Then, When } from "../support/test.ts";

When("she chooses {string} and {string}", ({ proxyExample }, unit: string, currency: string) =>
  proxyExample.choose(unit, currency),
);

When("she cuts the connection to the upstream", ({ proxyExample }) => proxyExample.cutByButton());

When("the upstream is cut after {int} readings", ({ proxyExample }, count: number) => proxyExample.cutAfter(count));

When("a client opens {string} and reads nothing", ({ example }, path: string) => example.openSlowly(path));

When("the client starts reading", ({ example }) => example.slowReader.startReading());

Then("she sees temperatures in {string} and prices in {string}", ({ proxyExample }, unit: string, currency: string) =>
  proxyExample.expectUnits(unit, currency),
);

Then("her page shows {string} and then {string}", ({ proxyExample }, first: string, second: string) =>
  proxyExample.expectStates(first, second),
);

Then(
  "{int} readings arrive without a gap, and the client is told about the interruption",
  ({ proxyExample }, count: number) => proxyExample.expectNoGap(count),
);

Then(
  "{int} readings arrive, all between {int} and {int} degrees, at most {int} a second",
  ({ proxyExample }, count: number, min: number, max: number, perSecond: number) =>
    proxyExample.expectReadings(count, { min, max }, perSecond),
);

Then("the client is told how many were left out", ({ proxyExample }) => proxyExample.expectSkipped());

Then("the upstream has {int} reader(s)", ({ proxyExample }, readers: number) => proxyExample.expectReaders(readers));

Then("the upstream stops sending", ({ proxyExample }) => proxyExample.expectStopped());

Then("the upstream resumes", ({ proxyExample }) => proxyExample.expectResumed());
