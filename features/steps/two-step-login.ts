import { Given, Then, When } from "../support/test.ts";

Given("{word} is logged in with JavaScript turned off", ({ twoSteps }, name: string) =>
  twoSteps.logInWithoutJavaScript(name),
);

When("she turns on two-step login with her authenticator app", ({ twoSteps }) => twoSteps.turnOn());

When("she opens the page that turns on two-step login", ({ twoSteps }) => twoSteps.openSetup());

Then("a camera can read the QR code there in light and dark mode", ({ twoSteps }) => twoSteps.expectReadableQrCode());

When("she logs in again with her password", ({ twoSteps }) => twoSteps.logInAgain());

Then("she is asked for a code and can't open the boards yet", ({ twoSteps }) => twoSteps.expectCodeNeeded());

When("she enters a code from her app", ({ twoSteps }) => twoSteps.enterCode());

When("she enters her first recovery code", ({ twoSteps }) => twoSteps.enterRecoveryCode());

Then("she is logged in", ({ accounts }) => accounts.pages.expectBoardsOpen());

Then("axe reports no violations on the pages of two-step login", ({ twoSteps }) => twoSteps.expectNoViolations());
