import { Given, Then, When } from "../support/test.ts";

Given("a page with two menus", ({ menus }) => menus.open());

When("she opens the menu {string}", ({ menus }, name: string) => menus.openMenu(name));

When("she clicks on {string}", ({ menus }, text: string) => menus.click(text));

When("she presses {string} in a menu", ({ menus }, key: string) => menus.press(key));

When("she focuses {string}", ({ menus }, button: string) => menus.focus(button));

When("she changes to another window", ({ menus }) => menus.leaveWindow());

Then("the menu {string} is open", ({ menus }, name: string) => menus.expectOpen([name]));

Then("no menu is open", ({ menus }) => menus.expectOpen([]));

Then("the menu {string} has the focus", ({ menus }, name: string) => menus.expectFocus(name));

Given("a page whose buttons remove themselves", ({ focus }) => focus.open());

When("she presses {string} with the keyboard", ({ focus }, button: string) => focus.press(button));

When("she leaves the focus on {string}, and the page is updated", async ({ focus }, button: string) => {
  await focus.focus(button);
  await focus.update();
});

When("she focuses nothing, and the page is updated", async ({ focus }) => {
  await focus.leaveEverything();
  await focus.update();
});

Then("the focus is on {string}", ({ focus }, name: string) => focus.expectFocus(name));

Then("the focus is on the page's main part", ({ focus }) => focus.expectFocusOnMain());

Then("nothing has the focus", ({ focus }) => focus.expectNoFocus());

Then("the page is still scrolled down", ({ focus }) => focus.expectScrolledDown());
