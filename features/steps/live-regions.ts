import { expect } from "@playwright/test";
import { Given, Then, When } from "../support/test.ts";

Given("Ann and Ben have the shopping list open", ({ shopping }) => shopping.open());

When("{word} adds {string} with the form of the page", ({ shopping }, name: string, item: string) =>
  shopping.addByForm(name, item),
);

When("Ann's {string} are taken off the list", ({ shopping }, item: string) => shopping.remove(item));

When("{string} is/are added", ({ shopping }, item: string) => shopping.add(item));

When("{string} and {string} are added", async ({ shopping }, one: string, other: string) => {
  await shopping.add(one);
  await shopping.add(other);
});

When("{string} are added to the other list", ({ shopping }, item: string) => shopping.add(item, "other"));

When("{string} are added in a transaction that fails", ({ shopping }, item: string) => shopping.addInVain(item));

When("{string} becomes {string}", ({ shopping }, item: string, name: string) => shopping.rename(item, name));

When("{string} changes {int} times", ({ shopping }, _item: string, times: number) => shopping.renameOften(times));

When("Ben types {string} next to {string}", ({ shopping }, text: string, item: string) =>
  shopping.note("Ben", item).pressSequentially(text),
);

Then("{string} still stands next to it, where Ben can go on typing", async ({ shopping }, text: string) => {
  await expect(shopping.note("Ben", "oat milk")).toHaveValue(text);
  await expect(shopping.note("Ben", "oat milk")).toBeFocused();
});

When("Ben's tab is hidden", ({ shopping }) => shopping.hide("Ben"));

When("Ben's tab is shown again", ({ shopping }) => shopping.show("Ben"));

Then("Ben's page shows the newest {string}", ({ shopping }, item: string) =>
  expect(shopping.page("Ben").locator("th").first()).toHaveText(`${item} 500`),
);

Then("it has received {int} update", ({ shopping }, count: number) => shopping.expectUpdates("Ben", count));

When("Ben searches for {string}", ({ shopping }, text: string) => shopping.search("Ben", text));

When("Ben searches for {string}, and the response takes a while", ({ shopping }, text: string) =>
  shopping.searchSlowly("Ben", text),
);

When("the response arrives", ({ shopping }) => shopping.receiveResponse("Ben"));

When("Ben follows the link to the other list", async ({ shopping }) => {
  await shopping.page("Ben").getByRole("link", { name: "The other list" }).click();
  await shopping.page("Ben").waitForURL("**/lists/other");
});

When("Ben goes back", async ({ shopping }) => {
  await shopping.page("Ben").goBack();
  await shopping.expectShown(["Ben"], "milk, eggs");
});

When("the stream of Ben's page ends and can't be opened again", ({ shopping }) => shopping.cutOff("Ben"));

When("it can be opened again", ({ shopping }) => shopping.connect("Ben"));

Given("Ann is the owner of the list", ({ shopping }) => shopping.giveTo("Ann"));

When("the list is given to Ben", ({ shopping }) => shopping.giveTo("Ben"));

Then("only {word}'s page has the button to empty the list", ({ shopping }, name: string) => shopping.expectOwner(name));

When("Cleo opens the list without JavaScript", async ({ shopping }) => {
  await shopping.visit("Cleo", { javaScriptEnabled: false });
});

Then("both pages show {string}", ({ shopping }, items: string) => shopping.expectShown(["Ann", "Ben"], items));

Then("{word}'s page shows {string}", ({ shopping }, name: string, items: string) =>
  shopping.expectShown([name], items),
);

Then("neither page was loaded again", ({ shopping }) => shopping.expectSameVisit());
