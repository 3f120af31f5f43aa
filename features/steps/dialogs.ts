import { Given, Then, When } from "../support/test.ts";

Given("a page that opens dialogs", ({ modal }) => modal.open());

When("she opens the {string}", ({ modal }, name: string) => modal.openDialog(name));

Then("the dialog is called {string}", ({ modal }, name: string) => modal.expectName(name));

When("she presses {string} in the dialog", ({ modal }, button: string) => modal.press(button));

When("she closes the dialog with Escape", ({ modal }) => modal.escape());

When("a script changes a hidden field of the dialog", ({ modal }) => modal.changeHiddenField());

When("she cancels the choice of a file", ({ modal }) => modal.cancelFileList());

Then("the dialog is open", ({ modal }) => modal.expectOpen());

Then("the dialog stays open after the response", ({ modal }) => modal.expectOpenAfterResponse());

Then("the dialog is closed and empty, and the focus is back on {string}", ({ modal }, name: string) =>
  modal.expectClosed(name),
);

Then("changed input of each kind is discarded only after a question", ({ modal }) =>
  modal.expectQuestionForEachInput(),
);

Then("the input of the {string} is discarded only after a question", ({ modal }, name: string) =>
  modal.expectQuestion(name),
);

Then("nobody has asked her anything", ({ modal }) => modal.expectNoQuestion());

Then("the alert is shown in the dialog", ({ modal }) => modal.expectAlertInside());

Then("the alert is shown on the page", ({ modal }) => modal.expectAlertOnPage());
