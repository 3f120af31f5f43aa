import { expect } from "@playwright/test";
import { Given, Then, When } from "../support/test.ts";

Given("Ann has the notes open", ({ forms }) => forms.open("/notes"));

Given("Ann has the live notes open", ({ forms }) => forms.open("/notes?live"));

Given("Ann has the notes open with JavaScript turned off", ({ forms }) =>
  forms.open("/notes", { javaScriptEnabled: false }),
);

Given("Ann has the old form open", ({ forms }) => forms.open("/old"));

Given("the first check is answered late", ({ forms }) => forms.delayFirstCheck());

When("she writes {string} and presses Add", ({ forms }, text: string) => forms.add(text));

When("she writes {string} and double-clicks Add", ({ forms }, text: string) => forms.addByDoubleClick(text));

When("she writes {string} and presses Enter twice", ({ forms }, text: string) => forms.addByTwoEnters(text));

When("she types {string} in its place", ({ forms }, text: string) => forms.type(text));

When("she types {string} and leaves the field", ({ forms }, text: string) => forms.typeAndLeave(text));

When("the server has answered", ({ forms }) => forms.answer());

When("the late answer has arrived", ({ forms }) => forms.waitForLateCheck());

Then("the problem {string} is shown", ({ forms }, text: string) => forms.expectProblem(text));

Then("the problem {string} is shown at the focused field", ({ forms }, text: string) =>
  forms.expectProblemAtFocus(text),
);

Then("the problem {string} is announced and described", ({ forms }, text: string) => forms.expectAnnounced(text));

Then("no problem is shown", ({ forms }) => forms.expectNoProblem());

Then("the field still has {string}", ({ forms }, text: string) => expect(forms.field).toHaveValue(text));

Then("the field is empty", ({ forms }) => expect(forms.field).toHaveValue(""));

Then("the field is empty and has the focus", async ({ forms }) => {
  await expect(forms.field).toHaveValue("");
  await expect(forms.field).toBeFocused();
});

Then("the notes are {string}", ({ forms }, note: string) => forms.expectNotes(note));

Then("there are no notes", ({ forms }) => forms.expectNotes());

Then("she reads {string}", ({ forms }, text: string) => forms.expectText(text));

Then("the form is busy", ({ forms }) => forms.expectBusy());

Then("the form isn't busy", ({ forms }) => forms.expectReady());

Then("the page was not loaded again", ({ forms }) => forms.expectNoReload());
