import { expect } from "@playwright/test";
import { Then, When } from "../support/test.ts";

When("an app is wired with a valid configuration", ({ scene }) => scene.wire());

When("an app is wired with the auth secret {string}", ({ wiring }, authSecret: string) =>
  wiring.tryToWire({ authSecret }),
);

When("an app is wired without an auth secret", ({ wiring }) => wiring.tryToWire({}));

When("an app is wired with the Redis URL {string}", ({ wiring }, redisUrl: string) =>
  wiring.tryToWireWithRedis(redisUrl),
);

Then("the kit answers requests, can reach its database and runs jobs", ({ wiring }) => wiring.expectRunning());

Then("the version is a non-empty string", ({ scene }) => expect(scene.app.kit.version).toMatch(/^\d+\.\d+\.\d+/));

Then("the version contains {string}", ({ scene }, word: string) => expect(scene.app.kit.version).toContain(word));

Then("the kit has a broker, an auth store, a mail sender, an import map and a component registry", ({ wiring }) =>
  wiring.expectHandles(),
);

Then("wiring fails with {string}", ({ wiring }, text: string) => wiring.expectError(text));

Then("the error doesn't reveal {string}", ({ wiring }, secret: string) => wiring.expectHidden(secret));
