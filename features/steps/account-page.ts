import { Given, Then, When } from "../support/test.ts";

When(
  /^she logs in (to stay logged in|for this visit only), and restarts her browser$/,
  ({ accountPage, launchOptions, site }, how: string) =>
    accountPage.logInAndRestartBrowser({ ...launchOptions, baseURL: site.url }, how === "to stay logged in"),
);

Then(/^she can (still|no longer) open the boards there$/, ({ accountPage }, state: string) =>
  accountPage.expectBoardsAfterRestart(state === "still"),
);

When("she changes her name to {string} on her account page", ({ accountPage }, name: string) =>
  accountPage.changeName(name),
);

Then("the menu of every page says {string}", ({ accountPage }, name: string) => accountPage.expectNameInMenu(name));

When("she uploads a picture on her account page", ({ accountPage }) => accountPage.uploadPicture());

Then("the page shows it, served by the app itself", ({ accountPage }) => accountPage.expectPicture());

When("she requests a new address on her account page", ({ accountPage }) => accountPage.requestNewAddress());

When("she follows the link mailed to the old address and approves", ({ accountPage }) =>
  accountPage.approveAtOldAddress(),
);

When("she follows the link mailed to the new address and confirms", ({ accountPage }) =>
  accountPage.confirmAtNewAddress(),
);

Then("her account still has the old address", ({ accountPage }) => accountPage.expectOldAddress());

Then("her account has the new address", ({ accountPage }) => accountPage.expectNewAddress());

Given("Ann is logged in on two devices in an app with a test clock", ({ accountPage }) =>
  accountPage.logInOnTwoDevices(),
);

When("she opens her account page", ({ accounts }) => accounts.pages.expectLoggedIn());

Then("it has no form to change the password", ({ accountPage }) => accountPage.expectNoPasswordForm());

When("she enters her password to continue", ({ accountPage }) => accountPage.confirmPassword());

When("she changes her password", ({ accountPage }) => accountPage.changePassword());

Then("her other device is logged out", ({ accountPage }) => accountPage.otherDevice.expectLoggedOut());

When("she deletes her account", ({ accountPage }) => accountPage.deleteAccount());

Then("her password no longer works", ({ accountPage }) => accountPage.expectPasswordWorksNoLonger());
