import { Given, Then, When } from "../support/test.ts";

Given("Ann has a form that is sent by {word}", ({ sending }, way: string) => sending.open(way));

Given("Ann has a form whose response is a download", ({ sending }) => sending.open("download", { hasFakeClock: true }));

Given("Ann has a form in a dialog", ({ sending }) => sending.open("dialog"));

Given("the server is broken", ({ sending }) => sending.breakServer());

When("she double-clicks Send", ({ sending }) => sending.doubleClick());

When("she presses Enter twice", ({ sending }) => sending.pressEnterTwice());

When("she double-clicks Send so slowly that the answer comes first", ({ sending }) => sending.doubleClickSlowly());

When("she holds Enter until the answer is there, and longer", ({ sending }) => sending.holdEnter());

When("she presses Send", ({ sending }) => sending.send());

When("she presses Send without a network", ({ sending }) => sending.sendWithoutNetwork());

When("she presses Send and has the file", ({ sending }) => sending.download());

When("she types {string}", ({ sending }, text: string) => sending.type(text));

When("she presses Send and changes her mind", ({ sending }) => sending.changeMind());

When("she presses Cancel", ({ sending }) => sending.cancel());

When("the server answers", ({ sending }) => sending.answer());

When("she comes back to the page as it was", ({ sending }) => sending.comeBack());

When("ten seconds have passed", ({ sending }) => sending.waitTenSeconds());

Then("what she sends is under way", ({ sending }) => sending.expectBusy());

Then("she can send again", ({ sending }) => sending.expectReady());

Then("it was sent once", ({ sending }) => sending.expectSent(1));

Then("it was sent twice", ({ sending }) => sending.expectSent(2));

Then("sending it again makes it two", ({ sending }) => sending.expectSentAgain(2));

Then("sending it again makes it one", ({ sending }) => sending.expectSentAgain(1));

Then("the form's page says {string}", ({ sending }, text: string) => sending.expectText(text));

Then("the form still has {string}", ({ sending }, text: string) => sending.expectInput(text));

Then("nothing was sent", ({ sending }) => sending.expectSent(0));

Then("the dialog is closed, and nothing was sent", ({ sending }) => sending.expectDialogClosed());
