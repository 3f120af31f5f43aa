import { see } from "./visitors.mjs";

const field = (visitor) => visitor.page.getByLabel("What do we need?");
const entries = (visitor) => visitor.page.locator("#items").getByRole("listitem");
const list = "app/shopping.tsx";
const tooLong = "a very long entry ".repeat(12).trim();

/** Types an entry and sends it; the field may be checked before, by a request of its own. */
async function add(visitor, text) {
  const isAnswer = (response) =>
    response.request().method() === "POST" && response.request().headers()["x-check-field"] === undefined;
  await field(visitor).fill(text);
  const answer = visitor.page.waitForResponse(isAnswer);
  await visitor.page.getByRole("button", { name: "Add" }).click();
  await answer;
}

async function sees(visitor, ...texts) {
  await see(entries(visitor)).toHaveText(texts);
}

/** The tutorial's shopping list, from the first page to the build. */
export const tutorial = createTutorial();

function createTutorial() {
  let ann;
  let bob;
  return {
    name: "tutorial",
    guide: "tutorial.md",
    clicks: {
      "2. A page": {
        sees: "somebody signs up, confirms with the mail in /__mail and sees the page",
        async look(reader, visitors) {
          ann = await visitors.open("Ann");
          await ann.open(reader.address);
          await see(ann.page.getByRole("heading", { name: "Log in" })).toBeVisible();
          await ann.signUp(reader.address);
          await see(ann.page.getByRole("heading", { name: "Shopping list" })).toBeVisible();
          ann.expectNoProblems();
        },
      },
      "3. A table": {
        sees: "the open page offers the migration, and is back after it",
        async look() {
          await ann.page.getByRole("button", { name: "Apply it now" }).click();
          await see(ann.page.getByRole("heading", { name: "Shopping list" })).toBeVisible();
        },
      },
      "4. The list and its form": {
        sees: "a double click adds one entry, and wrong ones are refused, kept, and checked while typing",
        async look() {
          await see(field(ann)).toBeVisible();
          ann.problems.length = 0;
          await field(ann).fill("Milk");
          await ann.page.getByRole("button", { name: "Add" }).dblclick();
          await see(ann.page.getByText("Milk is on the list.")).toBeVisible();
          await see(field(ann)).toHaveValue("");
          await ann.page.reload();
          await sees(ann, "Milk");
          await add(ann, "");
          await see(ann.page.getByText("Write what you need.")).toBeVisible();
          await field(ann).fill("Eggs");
          await see(ann.page.getByText("Write what you need.")).toBeHidden();
          await field(ann).fill(tooLong);
          await field(ann).press("Tab");
          await see(field(ann)).toHaveAttribute("aria-invalid", "true");
          await add(ann, tooLong);
          await see(field(ann)).toHaveAttribute("aria-invalid", "true");
          await see(field(ann)).toHaveValue(tooLong);
          await sees(ann, "Milk");
          ann.expectNoProblems("422 POST /items", "422 POST /items");
        },
      },
      "5. Live": {
        sees: "a second person sees what is added, also after looking at another tab, or without JavaScript",
        async look(reader, visitors) {
          bob = await visitors.open("Bob");
          await bob.signUp(reader.address);
          await bob.open(reader.address);
          await ann.open(reader.address);
          for (const visitor of [ann, bob]) await visitor.isLive();
          ann.problems.length = 0;
          await add(ann, "Bread");
          for (const visitor of [ann, bob]) await sees(visitor, "Milk", "Bread");
          await bob.turn("hidden");
          await add(ann, "Apples");
          await sees(ann, "Milk", "Bread", "Apples");
          await bob.turn("visible");
          await sees(bob, "Milk", "Bread", "Apples");
          for (const visitor of [ann, bob]) visitor.expectNoProblems();
          await withoutJavaScript(await visitors.open("Cleo", { javaScriptEnabled: false }), reader.address);
          for (const visitor of [ann, bob]) await sees(visitor, "Milk", "Bread", "Apples", "Cheese");
        },
      },
    },
    atTheEnd: [
      { says: "its list is at most 40 lines of the author's code", look: countLines },
      { says: "misspelled names in it don't compile", look: misspell },
    ],
  };
}

async function withoutJavaScript(cleo, address) {
  await cleo.signUp(address);
  await cleo.open(address);
  await add(cleo, tooLong);
  await see(field(cleo)).toHaveAttribute("aria-invalid", "true");
  await see(field(cleo)).toHaveValue(tooLong);
  await add(cleo, "Cheese");
  await see(cleo.page.getByText("Cheese is on the list.")).toBeVisible();
  await sees(cleo, "Milk", "Bread", "Apples", "Cheese");
  cleo.expectNoProblems();
}

/** Its route, form and markup, without blank lines. */
function countLines(reader) {
  const lines = reader.read(list).split("\n");
  see(lines.filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(40);
}

/** A field of the form, a column in a query, and one in the markup. */
async function misspell(reader) {
  const text = reader.read(list);
  const mistakes = [
    ['name="text"', 'name="texd"'],
    ['orderBy("created_at")', 'orderBy("creatid_at")'],
    ["{item.text}</li>", "{item.texd}</li>"],
  ];
  for (const [right, wrong] of mistakes) {
    reader.save({ file: list, text: text.replace(right, wrong) });
    const { output } = await reader.run("npx tsc --noEmit || true");
    see(output, `${wrong} is refused`).toMatch(/app\/shopping\.tsx\(\d+,\d+\): error/);
  }
  reader.save({ file: list, text });
}
