import { Given, Then, When } from "../support/test.ts";

Given("the app sent the mail {string} to {string}", ({ development }, subject: string, to: string) =>
  development.sendMail(subject, to),
);

Given(
  /^the app sent the mail "(.*)" with the HTML "<h1>(.*)<\/h1>" and the text "(.*)"$/,
  ({ development }, subject: string, heading: string, text: string) =>
    development.sendMailInBothForms(subject, heading, text),
);

When("a developer opens {string}", ({ development }, path: string) => development.open(path));

When("a developer opens that mail in the inbox", ({ development }) => development.openMail("Two versions"));

Then("the response is {int}", ({ development }, status: number) => development.expectStatus(status));

Then("the page lists the mail {string} to {string}", ({ development }, subject: string, to: string) =>
  development.expectListedMail(subject, to),
);

Then("the log mentions both mails", ({ development }) => development.expectLogged("First news", "Second news"));

Then("its HTML shows {string}", ({ development }, heading: string) => development.expectHtml(heading));

Then("its text shows {string}", ({ development }, text: string) => development.expectText(text));

Given("the app runs in production", ({ production }) => {
  // Asking for the fixture starts it.
  void production;
});

When("someone requests {string} in every way an attacker might", ({ development, production }, path: string) =>
  development.requestEverySpelling(production, path),
);

Then("every response is 404", ({ development }) => development.expectNotFound());

Then("the page has the security headers of development mode", ({ development }) =>
  development.expectDevelopmentHeaders(),
);

Then("the browser reports no content security policy violations", ({ development }) =>
  development.expectNoCspViolations(),
);

Then("the inbox updates itself while it is open", ({ development }) => development.expectLiveInbox());

Given("a shop in development with a picture and a checkout on another site", ({ policy }) =>
  policy.open({ isAllowed: false }),
);

Given("a shop in development whose policy allows its checkout", ({ policy }) => policy.open({ isAllowed: true }));

When("a visitor pays", ({ policy }) => policy.pay());

Then("the visitor is still in the shop, and the log says how to allow the redirect", ({ policy }) =>
  policy.expectStillInShop(),
);

Then("the log says how to allow the picture", ({ policy }) => policy.expectPictureExplained());

Then("the visitor is at the checkout", ({ policy }) => policy.expectCheckout());

Given("a page that fails with the message {string}", ({ development }, message: string) =>
  development.startFailingApp(message),
);

When(/^it is opened in (development|production)$/, ({ development }, mode: "development" | "production") =>
  development.openFailingPage(mode),
);

Then("the response shows the message, the stack trace and the request", ({ development }) =>
  development.expectErrorDetails(),
);

Then("the response shows a request id and nothing about the error", ({ development }) =>
  development.expectNoErrorDetails(),
);

Given("a real SMTP server", ({ development }) => development.startSmtpServer());

When("the same configuration sends a mail in development and in production", ({ development }) =>
  development.sendInBothModes(),
);

Then("the mail from development is in the inbox and not on the SMTP server", ({ development }) =>
  development.expectMailCaptured(),
);

Then("the mail from production is on the SMTP server, and there is no preview", ({ development }) =>
  development.expectMailSent(),
);

Then("every development page responds with 200 in development", ({ development, site }) =>
  development.expectDevelopmentPages(site, 200),
);

Then("every development page responds with 404 in production", ({ development, production }) =>
  development.expectDevelopmentPages(production, 404),
);
