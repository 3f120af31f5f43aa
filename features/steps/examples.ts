import { expect } from "@playwright/test";
import { Given, Then, When } from "../support/test.ts";

Given("the example {string} is running", ({ example }, name: string) => example.start(name));

Given("the example {string} is running behind a connection that can be cut", ({ example }, name: string) =>
  example.startBehindLine(name),
);

Given("the example {string} is running with an upstream that never pauses", ({ example }, name: string) =>
  example.start(name, { UPSTREAM_MS: "0" }),
);

When("Ann opens {string}", ({ example }, path: string) => example.open(path));

Given("Ann has {string} open with JavaScript turned off", ({ example }, path: string) =>
  example.open(path, "Ann", { javaScriptEnabled: false }),
);

Then("her page shows {string}", ({ example }, text: string) =>
  expect(example.page().locator("#state")).toContainText(text),
);

When("a client listens to {string}", ({ example }, path: string) => example.listen(path));

When("the client disconnects", ({ example }) => example.client.leave());
