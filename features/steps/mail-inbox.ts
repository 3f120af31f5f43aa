import { expect } from "@playwright/test";
import { expectEveryMessage, expectSampleData } from "../support/inbox/message-previews.ts";
import { Given, Then, When } from "../support/test.ts";

When(/^a developer (?:has the inbox open|opens the inbox of the restarted app)$/, ({ inbox }) => inbox.open());

When("the app sends the emails {string} and {string}", async ({ inbox }, first: string, second: string) => {
  await inbox.send(first);
  await inbox.send(second);
});

Then("the list shows {string} above {string} without a reload", async ({ inbox }, upper: string, lower: string) => {
  await expect(inbox.page.subjects).toHaveText([upper, lower]);
  await inbox.page.expectSameVisit();
});

Then("the list counts {int} emails", ({ inbox }, count: number) =>
  expect(inbox.page.list.getByRole("status")).toHaveText(`${count} emails`),
);

Given(
  "the app has sent the mail {string} to {string} and the mail {string} to {string}",
  async ({ inbox }, subject: string, to: string, otherSubject: string, otherTo: string) => {
    await inbox.send(subject, to);
    await inbox.send(otherSubject, otherTo);
  },
);

When("the developer searches for {string}", ({ inbox }, words: string) => inbox.page.search(words));

Then("the list shows only {string}", ({ inbox }, subject: string) => expect(inbox.page.subjects).toHaveText([subject]));

Then("the list says that nothing matches", ({ inbox }) =>
  expect(inbox.page.list).toContainText("No emails match your search."),
);

Given("the app has sent a mail whose HTML runs a script, loads a remote image and submits a form", ({ inbox }) =>
  inbox.sendHostileHtml(),
);

Given("the app has sent a mail with HTML, text, two links and an attachment", ({ inbox }) => inbox.sendFullMail());

When("the developer opens it", ({ inbox }) => inbox.openMail());

Then("its frame is sandboxed without scripts and without an origin", ({ inbox }) => inbox.expectSandbox());

Then("the script doesn't run, and no request leaves the page", ({ inbox }) => inbox.expectHarmless());

When("the developer chooses {string}", ({ inbox }, choice: string) => inbox.page.choose(choice));

Then("the frame is about as wide as a phone", ({ inbox }) =>
  expect.poll(async () => Math.abs((await inbox.page.frameWidth()) - 385)).toBeLessThan(40),
);

Then("the frame is wider than a phone", ({ inbox }) => expect.poll(() => inbox.page.frameWidth()).toBeGreaterThan(450));

Then("the mail is shown in dark mode", ({ inbox }) => inbox.expectDarkMode());

Then("the view {string} shows {string}", async ({ inbox }, view: string, text: string) =>
  expect(await inbox.page.view(view)).toHaveText(text),
);

Then("the view {string} lists both links", ({ inbox }, view: string) => inbox.expectLinks(view));

Then("the view {string} offers the attachment, byte for byte", ({ inbox }, view: string) =>
  inbox.expectAttachment(view),
);

Then("the view {string} shows its subject and addresses", ({ inbox }, view: string) => inbox.expectHeaders(view));

Then("the view {string} shows the whole message and offers it as a download", ({ inbox }, view: string) =>
  inbox.expectSource(view),
);

Then("the list contains every message of the framework", ({ inbox }) => expectEveryMessage(inbox.page));

Then("each of them shows its heading with sample data", ({ inbox }) => expectSampleData(inbox.page));

Then("the preview has sent no mail", ({ inbox }) => inbox.expectNothingSent());

When("the developer clears it", ({ inbox }) => inbox.page.clear());

Then("the list says that there is no email yet", ({ inbox }) => expect(inbox.page.list).toContainText("No emails yet"));

Given("the app has sent the mail {string} and was restarted", ({ inbox }, subject: string) =>
  inbox.sendAndRestart(subject),
);

Then(
  "{string}, {string} and an open mail have exactly one h1 on narrow and wide screens",
  ({ inbox }, first: string, second: string) => inbox.expectOneHeading(first, second),
);
