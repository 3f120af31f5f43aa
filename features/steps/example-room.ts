import { expect } from "@playwright/test";
import { ExampleProcess } from "../support/example-process.ts";
import { Then, When } from "../support/test.ts";

When("{word} enters the room", async ({ scene, browser }, name: string) => {
  const page = await ExampleProcess.of(scene).open(browser, "/room", name);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Come in" }).click();
  await expect(page.getByText(`Welcome, ${name}!`)).toBeVisible();
});

Then(
  "{word} reads {string} and sees {string} in the room",
  async ({ scene }, name: string, note: string, members: string) => {
    const page = ExampleProcess.of(scene).page(name);
    await expect(page.locator("#talk").getByText(note)).toBeVisible();
    await expect(page.locator("#members")).toHaveText(members);
  },
);

When("{word} says {string}", async ({ scene }, name: string, text: string) => {
  const page = ExampleProcess.of(scene).page(name);
  await page.getByLabel("Message").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
});

Then("{word} reads {string} once", async ({ scene }, name: string, text: string) => {
  await expect(ExampleProcess.of(scene).page(name).locator("#talk li").filter({ hasText: text })).toHaveCount(1);
});

When("Bob leaves the room", async ({ scene }) => {
  await ExampleProcess.of(scene).page("Bob").getByRole("link", { name: "Leave" }).click();
});

When("{int} messages are sent to the room over REST", async ({ scene }, count: number) => {
  for (let number = 1; number <= count; number += 1) {
    const answer = await ExampleProcess.of(scene).post("/room/messages", { name: "Bob", text: `message ${number}` });
    expect(answer.status).toBe(201);
  }
});

Then("she reads the messages {int} to {int}, in order", async ({ scene }, first: number, last: number) => {
  const expected = Array.from({ length: last - first + 1 }, (_, index) => `Bobmessage ${first + index}`);
  await expect(ExampleProcess.of(scene).page().locator("#talk li:not(.note)")).toHaveText(expected);
});

Then("it gets the events {string}", async ({ scene }, names: string) => {
  for (const name of names.split(", ")) await ExampleProcess.of(scene).client.event(name);
});

Then("the room's members are {string}", async ({ scene }, members: string) => {
  const present = () => ExampleProcess.of(scene).json("/room/members");
  await expect.poll(present).toEqual(members ? members.split(", ") : []);
});

When("the client comes back to {string}", async ({ scene }, path: string) => {
  const seen = ExampleProcess.of(scene).client.events.findLast(({ id }) => id)?.id ?? "";
  await ExampleProcess.of(scene).listen(path, { "Last-Event-ID": seen });
});

Then("it hears the messages {int} to {int}, in order", async ({ scene }, first: number, last: number) => {
  const { client } = ExampleProcess.of(scene);
  await client.count(last - first + 1, ({ data }) => data.includes("message "));
  const heard = client.events.flatMap(({ data }) => /message \d+/.exec(data) ?? []);
  expect(heard).toEqual(Array.from({ length: last - first + 1 }, (_, index) => `message ${first + index}`));
});

Then("an empty message is refused", async ({ scene }) => {
  const answer = await ExampleProcess.of(scene).post("/room/messages", { name: "Bob", text: " " });
  expect(answer.status).toBe(422);
});
