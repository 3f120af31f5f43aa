import { everybody } from "buffkit";
import { Given, Then, When } from "../support/test.ts";

Given("a new broker", ({ broker }) => broker.start());

Given("a new broker with a heartbeat interval of {int} ms", ({ broker }, heartbeatMs: number) =>
  broker.start(heartbeatMs),
);

Given("{int} connected clients, one of which fails when written to", ({ broker }, count: number) =>
  broker.startWithFailingClient(count),
);

When("{int} clients register with it", ({ broker }, count: number) => broker.server.register(count));

When("a client registers with it", ({ broker }) => broker.server.register());

When("the client unregisters", ({ broker }) => broker.server.clients[0]?.leave());

When("it broadcasts {string} with the data {string}", ({ broker }, event: string, data: string) =>
  broker.server.broker.broadcast(event, data, { to: everybody }),
);

Then("each registered client receives {string} with the data {string}", ({ broker }, event: string, data: string) =>
  broker.expectReceived(event, data),
);

Then(
  "the {int} healthy clients receive {string} with the data {string}",
  ({ broker }, _count: number, event: string, data: string) => broker.expectReceived(event, data, { skip: 1 }),
);

Then("each registered client receives {int} heartbeats", ({ broker }, times: number) => broker.expectHeartbeats(times));

Then("the failure is logged", ({ broker }) => broker.expectLoggedFailure());

Then("it counts {int} client(s)", ({ broker }, count: number) => broker.expectClients(count));

Then("it counts {int} client(s) now and {int} in total", ({ broker }, now: number, total: number) =>
  broker.expectClients(now, total),
);
