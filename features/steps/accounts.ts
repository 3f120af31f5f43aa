import { expect } from "@playwright/test";
import { AccountPages } from "../support/account-pages.ts";
import { clockedOf, startClockedPeople } from "../support/clocked-app.ts";
import { goodPassword } from "../support/people.ts";
import type { Scene } from "../support/scene.ts";
import { Given, Then, When } from "../support/test.ts";

const otherPassword = "copper-lantern-walks-home";
const wrongLogin = "Incorrect email or password.";

const pagesOf = (scene: Scene) => new AccountPages(scene.someone.page);
const noted = (scene: Scene, name: string) => String(scene.notes.get(name));
const phoneOf = (scene: Scene) => scene.notes.get("phone") as AccountPages;

When("Ann registers by keyboard", async ({ people, scene }) => {
  scene.person = await people.get("Ann");
  await pagesOf(scene).register(scene.person);
  await pagesOf(scene).expectText("Check your email");
  scene.notes.set("link", await people.mails.link(scene.person.email, /verify-email/));
});

When("she follows the link in her mail and confirms", async ({ scene }) => {
  await pagesOf(scene).confirm(noted(scene, "link"));
});

When("her link is followed and confirmed in another browser", async ({ people, scene }) => {
  const other = new AccountPages((await people.get("Another browser")).page);
  await other.confirm(noted(scene, "link"));
  scene.notes.set("other browser", other);
});

Then("that browser is at the login page and says {string}", async ({ scene }, text: string) => {
  await (scene.notes.get("other browser") as AccountPages).expectLoginPage(text);
});

Then(/^(she|Bob) can log in with (?:her|his) password$/, async ({ people, scene }, who: string) => {
  const person = who === "Bob" ? await people.get("Bob") : scene.someone;
  const pages = new AccountPages(person.page);
  await pages.logIn(person);
  await expect(person.page).toHaveURL(/\/boards$/);
});

When("she tries to log in with the password {string}", async ({ scene }, password: string) => {
  await pagesOf(scene).logIn({ email: scene.someone.email, password });
});

Then("she reads {string}", async ({ scene }, text: string) => {
  await pagesOf(scene).expectText(text);
});

Then("the field {string} still holds her address", async ({ scene }, label: string) => {
  await expect(pagesOf(scene).keyboard.field(label)).toHaveValue(scene.someone.email);
});

Then("the field {string} is empty", async ({ scene }, label: string) => {
  await expect(pagesOf(scene).keyboard.field(label)).toHaveValue("");
});

Then("the boards are closed to her", async ({ scene }) => {
  await scene.someone.page.goto("/boards");
  await expect(scene.someone.page).toHaveURL(/\/login\?next=%2Fboards$/);
});

When("Ann tries to register with the password {string}", async ({ people, scene }, password: string) => {
  scene.person = await people.get("Ann");
  await pagesOf(scene).register({ ...scene.person, password });
});

Then("the field {string} is empty, has the focus and says {string}", async ({ scene }, label: string, text: string) => {
  const field = pagesOf(scene).keyboard.field(label);
  await expect(field).toHaveValue("");
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(new RegExp(`^${text.replaceAll(".", "\\.")}`));
});

Then("the fields {string} and {string} still hold what she typed", async ({ scene }, first: string, second: string) => {
  await expect(pagesOf(scene).keyboard.field(first)).toHaveValue(scene.someone.name);
  await expect(pagesOf(scene).keyboard.field(second)).toHaveValue(scene.someone.email);
});

When("she types a good password and sends the form again", async ({ scene }) => {
  await scene.someone.page.keyboard.type(goodPassword);
  await scene.someone.page.keyboard.press("Enter");
});

Then("she is told to check her mail", async ({ scene }) => {
  await pagesOf(scene).expectText("Check your email");
  await pagesOf(scene).expectText(scene.someone.email);
});

Given("Bob has a verified account", async ({ people }) => {
  await people.register("Bob");
});

When("Ann registers with Bob's address", async ({ people, scene }) => {
  scene.person = await people.get("Ann");
  await pagesOf(scene).register(scene.person);
  await pagesOf(scene).expectText("Check your email");
  scene.text = await pagesOf(scene).textWithout(scene.person.email);
  const { email } = await people.get("Bob");
  await pagesOf(scene).register({ ...scene.person, email, password: otherPassword });
});

Then("she is told to check the mail of that address, as everybody is", async ({ people, scene }) => {
  const { email } = await people.get("Bob");
  await pagesOf(scene).expectText(email);
  expect(await pagesOf(scene).textWithout(email)).toBe(scene.text);
});

Then("Bob is mailed {string}", async ({ people }, subject: string) => {
  await people.mails.subjects((await people.get("Bob")).email, subject);
});

When("she opens the link again", async ({ scene }) => {
  await scene.someone.page.goto(noted(scene, "link"));
});

Given("Ann registered in an app whose clock can be turned", async ({ browser, scene }) => {
  const people = await startClockedPeople(scene, browser);
  scene.person = await people.get("Ann");
  await pagesOf(scene).register(scene.person);
  scene.notes.set("link", await clockedOf(scene).mails.link(scene.person.email, /verify-email/));
});

When(/^(\d+) (hours|minutes|days) pass$/, async ({ scene }, count: string, unit: string) => {
  const minutes = { minutes: 1, hours: 60, days: 24 * 60 }[unit] ?? 0;
  clockedOf(scene).clock.turn(Number(count) * minutes * 60_000);
});

When("she opens the link of that mail", async ({ scene }) => {
  await scene.someone.page.goto(noted(scene, "link"));
});

When("she asks for another link", async ({ scene }) => {
  const pages = pagesOf(scene);
  await pages.keyboard.press("Get a new link", "link");
  await pages.keyboard.type("Email", scene.someone.email);
  await pages.keyboard.press("Send a new link");
  await pages.expectText("Check your email");
});

When("she follows the newest link and confirms", async ({ scene }) => {
  const { mails } = clockedOf(scene);
  const old = noted(scene, "link");
  const isNew = { test: (link: string) => link.includes("verify-email") && link !== old } as RegExp;
  await pagesOf(scene).confirm(await mails.link(scene.someone.email, isNew));
});

Then("she is at the login page and reads {string}", async ({ scene }, text: string) => {
  await pagesOf(scene).expectLoginPage(text);
});

When("a new password is asked for at an address that nobody has, and then at hers", async ({ scene }) => {
  const unknown = `nobody-${scene.someone.email}`;
  scene.notes.set("unknown", unknown);
  const texts: string[] = [];
  for (const email of [unknown, scene.someone.email]) {
    await pagesOf(scene).askForPassword(email);
    texts.push(await pagesOf(scene).textWithout(email));
  }
  scene.notes.set("texts", texts);
});

Then("both answers read the same", ({ scene }) => {
  const [unknown, known] = scene.notes.get("texts") as string[];
  expect(unknown).toBe(known);
});

Then("she is mailed {string}", async ({ people, scene }, subject: string) => {
  await people.mails.subjects(scene.someone.email, subject);
});

Then("nothing was mailed to the address that nobody has", async ({ people, scene }) => {
  expect(await people.mails.count(noted(scene, "unknown"))).toBe(0);
});

When("she asks for a new password on her phone", async ({ people, scene }) => {
  const phone = new AccountPages((await people.get("Ann's phone")).page);
  scene.notes.set("phone", phone);
  await phone.askForPassword(scene.someone.email);
});

When("she follows the link in that mail there", async ({ people, scene }) => {
  scene.notes.set("link", await people.mails.link(scene.someone.email, /reset-password/));
  await phoneOf(scene).page.goto(noted(scene, "link"));
});

When("she enters two different passwords there", async ({ scene }) => {
  await phoneOf(scene).choosePassword(otherPassword, goodPassword);
});

Then("her phone says {string}", async ({ scene }, text: string) => {
  await phoneOf(scene).expectText(text);
});

When("she enters a new password twice there", async ({ scene }) => {
  await phoneOf(scene).choosePassword(otherPassword, otherPassword);
});

Then("her phone is at the login page and says {string}", async ({ scene }, text: string) => {
  await phoneOf(scene).expectLoginPage(text);
});

Then("the link is dead", async ({ scene }) => {
  await phoneOf(scene).page.goto(noted(scene, "link"));
  await phoneOf(scene).expectText("This link no longer works");
});

Then("the new password logs her in and the old one does not", async ({ scene }) => {
  const { email, page } = scene.someone;
  await pagesOf(scene).logIn({ email });
  await pagesOf(scene).expectText(wrongLogin);
  await pagesOf(scene).logIn({ email, password: otherPassword });
  await expect(page).toHaveURL(/\/boards$/);
});
