import { Given, Then, When } from "../support/test.ts";

Given("a wired app on a port", ({ scene }) => scene.wire());

Given("the heartbeat interval is {int} ms", ({ scene }, heartbeatMs: number) =>
  scene.wire({ config: { sse: { heartbeatMs } } }),
);

When("a client connects to {string}", ({ stream }, path: string) => stream.connectTo(path));

Then("the response is {int} with the type {string}", ({ stream }, status: number, type: string) =>
  stream.expectResponse(status, type),
);

Given("{int} connected client(s)", ({ stream }, count: number) => stream.connect(count));

Given(
  "{int} connected clients and a browser page listening for {string}",
  async ({ stream }, count: number, event: string) => {
    // Its route has to be there before the first request.
    await stream.openListeningPage(event);
    await stream.connect(count);
  },
);

When("the broker broadcasts {string} with the data {string}", ({ stream }, event: string, data: string) =>
  stream.broadcast(event, data),
);

Then("each of them receives {string} with the data {string}", ({ stream }, event: string, data: string) =>
  stream.expectReceivedByAll(event, data),
);

Then("the broker counts {int} client(s)", ({ stream }, count: number) => stream.expectClientCount(count));

Then("the client receives a heartbeat", ({ stream }) => stream.client().event("bk:ping"));

When("one client disconnects", ({ stream }) => stream.client().leave());

Then("a later broadcast is delivered once", ({ stream }) => stream.expectSingleDelivery());

When("the broker broadcasts a rendered card saying {string}", ({ stream }, text: string) => stream.broadcastCard(text));

Then("the client receives well-formed HTML in which the card says {string}", ({ stream }, text: string) =>
  stream.expectCardMarkup(text),
);

Given("connected clients of Ann, Bob and Cleo", ({ stream }) => stream.connectUsers());

When("the broker broadcasts {string} to Ann and Bob", ({ stream }, event: string) =>
  stream.broadcastToAnnAndBob(event),
);

Then("the clients of Ann and Bob receive {string}", ({ stream }, event: string) =>
  stream.expectReceivedByAnnAndBob(event),
);

Then("the client of Cleo doesn't receive {string}", ({ stream }, event: string) =>
  stream.expectNotReceivedByCleo(event),
);

Given("a browser page with a live counter showing {string}", ({ stream }, count: string) =>
  stream.openCounterPage(count),
);

When("the broker broadcasts the counter showing {string}", ({ stream }, count: string) =>
  stream.broadcastCounter(count),
);

Then("the page shows {string} without a reload", ({ stream }, count: string) => stream.expectCounter(count));

Given("a browser page that asks for updates meant for others", ({ stream }) => stream.openRefusedPage());

Then("it says that live updates aren't available", ({ stream }) => stream.expectRefusalShown());

Then("it asked for them only once in a minute", ({ stream }) => stream.expectSingleRequest());

Given("two browser pages with a count and a button that names no target", ({ stream }) => stream.openVotingPages());

When("the button is clicked on one of them", ({ stream }) => stream.vote());

Then("both pages show the new count, and the button stays a button", ({ stream }) => stream.expectVotes());
