import type { DataTable } from "playwright-bdd";
import { Given, Then, When } from "../support/test.ts";

Given("a page with buttons whose requests fail", ({ failures }) => failures.open());

Then("each of these responses is shown like this", ({ failures }, table: DataTable) =>
  failures.expectShown(table.hashes()),
);

Then("no response at all is shown as a server that isn't responding", ({ failures }) =>
  failures.expectNoResponseShown(),
);

Then("mistakes in the page's markup are not", ({ failures }) => failures.expectMistakesNotShown());

Then("a page without an area for messages shows them at its end", ({ failures }) =>
  failures.expectShownWithoutFlashArea(),
);

Given("a form that is emptied when it is sent", ({ givenBack }) => givenBack.open());

When("she sends {string} with the note {string}", ({ givenBack }, text: string, note: string) =>
  givenBack.send(text, note),
);

When("she types {string} before the response", ({ givenBack }, text: string) => givenBack.type(text));

When("the network fails", ({ givenBack }) => givenBack.lose());

When("the server fails", ({ givenBack }) => givenBack.fail());

When("the server accepts it", ({ givenBack }) => givenBack.accept());

Then("the form has the text {string} and the note {string}", ({ givenBack }, text: string, note: string) =>
  givenBack.expectText(text, note),
);

Given("a page with messages", ({ messages }) => messages.open());

When("{int} ms pass", ({ messages }, ms: number) => messages.pass(ms));

Then("the page shows the messages {string}", ({ messages }, ids: string) =>
  messages.expectShown(ids === "" ? [] : ids.split(", ")),
);

When("a request fails, and she points at the alert", ({ messages }) => messages.failUnderPointer());

When("she points elsewhere", ({ messages }) => messages.movePointerAway());

Then(/^the alert is (still|no longer) there$/, ({ messages }, state: string) =>
  messages.expectAlert(state === "still"),
);

When("a message with a link is swapped in, and she focuses the link", ({ messages }) => messages.tell());

When("she leaves the link", ({ messages }) => messages.leaveLink());
