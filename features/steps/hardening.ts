import type { DataTable } from "playwright-bdd";
import { expectSecureResponses, expectStrictPolicies } from "../support/hardening/response-checks.ts";
import { Given, Then, When } from "../support/test.ts";

Given("the production app and a development app", async ({ production, scene }) => {
  // Asking for the fixture starts it.
  void production;
  await scene.wire();
});

Then(
  "csp_evaluator finds nothing of high or medium severity in these policies",
  ({ production, scene }, table: DataTable) =>
    expectStrictPolicies({ production: production.url, development: scene.app.url }, table.hashes()),
);

Given("a production app whose page {string} throws", ({ hardening }, path: string) => hardening.startFailingApp(path));

Then("these responses have them and reveal nothing about the server", ({ scene }, table: DataTable) =>
  expectSecureResponses(scene.app.url, table.hashes()),
);

Given("an app with Ann logged in", ({ hardening }) => hardening.startWithAnn());

When(
  /^a request to log her out has the headers "(.*)" and the body "(.*)"$/,
  ({ hardening }, headers: string, body: string) => hardening.requestLogout(headers, body),
);

Then(/^the response is (\d+), and she is still logged in: (yes|no)$/, ({ hardening }, status: string, still: string) =>
  hardening.expectLogout(Number(status), still === "yes"),
);

Then("no spelling of another site's address is a redirect target after login", ({ hardening }) =>
  hardening.expectNoForeignRedirect(),
);

When("a password reset is requested with forged host headers", ({ hardening }) =>
  hardening.requestResetWithForgedHost(),
);

Then("the link in the mail points to the app", ({ hardening }) => hardening.expectOwnLinkInMail());

Then("requests for a foreign host are rejected, however the host is written", ({ hardening }) =>
  hardening.expectForeignHostsRejected(),
);

When("{int} random requests are sent to it", ({ load }, count: number) => load.sendRandomRequests(count));

Then("none of them causes a server error or reveals a stack trace, a path or a secret", ({ load }) =>
  load.expectNoFailures(),
);

Then("the app is still healthy", ({ load }) => load.expectHealthy());

When("{int} people log in at once while others load the front page", ({ load }, count: number) =>
  load.logInManyAtOnce(count),
);

Then("99 percent of the front pages load within the limit", ({ load }) => load.expectFastFrontPages());
