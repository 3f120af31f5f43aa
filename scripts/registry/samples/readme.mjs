import { see } from "./visitors.mjs";

const count = (visitor) => visitor.page.locator("#yes");
const vote = (visitor) => visitor.page.getByRole("button", { name: "Yes" }).click();

/** The README's first sample: a vote that two people see. */
export const readme = createReadme();

function createReadme() {
  let ann;
  let bob;
  return {
    name: "README",
    guide: "../README.md",
    sections: ["Your own live page in five minutes", "For members only"],
    clicks: {
      "Your own live page in five minutes": {
        sees: "two people open the printed address, and see each other's votes",
        async look(reader, visitors) {
          ann = await visitors.open("Ann");
          bob = await visitors.open("Bob");
          for (const visitor of [ann, bob]) {
            await visitor.open(reader.address);
            await see(visitor.page.getByRole("heading", { name: "Coffee?" })).toBeVisible();
            await visitor.isLive();
          }
          await vote(ann);
          for (const visitor of [ann, bob]) await see(count(visitor)).toHaveText("1");
          await vote(bob);
          for (const visitor of [ann, bob]) await see(count(visitor)).toHaveText("2");
          await see(ann.page.getByRole("button", { name: "Yes" })).toHaveText("Yes");
          for (const visitor of [ann, bob]) see(visitor.problems).toEqual([]);
        },
      },
      "For members only": {
        sees: "strangers are asked to log in, and members see each other's votes",
        async look(reader) {
          for (const visitor of [ann, bob]) {
            await see(visitor.page.getByRole("heading", { name: "Log in" })).toBeVisible();
            await visitor.signUp(reader.address);
            await visitor.open(reader.address);
            await visitor.isLive();
            visitor.problems.length = 0;
          }
          await vote(ann);
          for (const visitor of [ann, bob]) await see(count(visitor)).toHaveText("1");
          for (const visitor of [ann, bob]) see(visitor.problems).toEqual([]);
        },
      },
    },
  };
}
