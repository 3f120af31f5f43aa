import { see } from "./visitors.mjs";

const entries = (visitor) => visitor.page.locator("#items").getByRole("listitem");

/** The tutorial's shopping list. */
export const tutorial = createTutorial();

function createTutorial() {
  let ann;
  let bob;
  return {
    name: "tutorial",
    guide: "tutorial.md",
    clicks: {
      "2. A page (two minutes)": {
        sees: "somebody signs up, confirms with the mail in /__mail and sees the page",
        async look(reader, visitors) {
          ann = await visitors.open("Ann");
          await ann.open(reader.address);
          await see(ann.page.getByRole("heading", { name: "Log in" })).toBeVisible();
          await ann.signUp(reader.address);
          await ann.open(reader.address);
          await see(ann.page.getByRole("heading", { name: "Shopping list" })).toBeVisible();
          await ann.isLive();
          see(ann.problems).toEqual([]);
        },
      },
      "3. A table (one minute)": {
        sees: "the open page offers the migration, and is back after it",
        async look() {
          await ann.page.getByRole("button", { name: "Apply it now" }).click();
          await see(ann.page.getByRole("heading", { name: "Shopping list" })).toBeVisible();
          ann.problems.length = 0;
        },
      },
      "4. The list and its form (three minutes)": {
        sees: "an entry is added, and an empty one is refused",
        async look() {
          await ann.page.getByLabel("What do we need?").fill("Milk");
          await ann.page.getByRole("button", { name: "Add" }).click();
          await see(entries(ann)).toContainText(["Milk"]);
          await see(ann.page.getByLabel("What do we need?")).toHaveValue("");
        },
      },
      "5. Live (one minute)": {
        sees: "a second person sees entries as they are added",
        async look(reader, visitors) {
          bob = await visitors.open("Bob");
          await bob.signUp(reader.address);
          await bob.open(reader.address);
          await bob.isLive();
          await ann.isLive();
          await ann.page.getByLabel("What do we need?").fill("Bread");
          await ann.page.getByRole("button", { name: "Add" }).click();
          await see(entries(bob)).toContainText(["Milk", "Bread"]);
          await see(entries(ann)).toContainText(["Milk", "Bread"]);
        },
      },
    },
  };
}
