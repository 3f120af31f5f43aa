import { expect } from "@playwright/test";
import { Given, Then, When } from "../support/test.ts";

When("the public pages are checked on a desktop and a phone, in light and dark mode", ({ accessibility }) =>
  accessibility.auditPublicPages(),
);

When("the pages of a member are checked on a desktop and a phone, in light and dark mode", ({ accessibility }) =>
  accessibility.auditMemberPages(),
);

When("the development pages are checked on a desktop and a phone, in light and dark mode", ({ accessibility }) =>
  accessibility.auditDevelopmentPages(),
);

When("the views of a mail are checked on a desktop and a phone, in light and dark mode", ({ accessibility }) =>
  accessibility.auditMailViews(),
);

Then("axe reports no violations, and no page is wider than the screen or logs an error", ({ accessibility }) =>
  accessibility.expectNoViolations(),
);

When(/^(?:she|the visitor) presses "(.+)"$/, ({ scene }, key: string) => scene.page.keyboard.press(key));

Then("the link {string} is focused and visible", async ({ scene }, name: string) => {
  const link = scene.page.getByRole("link", { name });
  await expect(link).toBeFocused();
  await expect(link).toBeInViewport();
});

Then("the main content is focused", ({ scene }) => expect(scene.page.getByRole("main")).toBeFocused());

When("she tabs through her account page", ({ accessibility }) => accessibility.tabThroughAccountPage());

Then("every stop has a visible focus indicator", ({ accessibility }) => accessibility.expectVisibleFocus());

Given("Ann is on a board with the card {string}", ({ accessibility }, title: string) =>
  accessibility.createBoardWithCard(title),
);

When("she opens the card with the keyboard", ({ accessibility }) => accessibility.openCard());

Then("the focus stays inside the dialog while she keeps pressing Tab", ({ accessibility }) =>
  accessibility.expectFocusStaysInDialog(),
);

Then("the dialog closes and the card is focused again", ({ accessibility }) => accessibility.expectCardFocused());
