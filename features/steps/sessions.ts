import { expect } from "@playwright/test";
import { createUser, logInAs } from "buffkit/testing";
import { AccountPages } from "../support/account-pages.ts";
import { clockedOf, startClockedApp } from "../support/clocked-app.ts";
import { live } from "../support/live.ts";
import type { Person } from "../support/people.ts";
import type { Scene } from "../support/scene.ts";
import { Given, Then, When } from "../support/test.ts";

const phoneAgent =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

const phoneOf = (scene: Scene) => scene.notes.get("phone") as Person;
const cookiesOf = (scene: Scene) => scene.notes.get("cookies") as readonly [string, string];

Given("Ann is logged in on her laptop and on her phone", async ({ people, scene }) => {
  scene.person = await people.logIn("Ann");
  const phone = await people.get("Ann's phone", { userAgent: phoneAgent });
  await new AccountPages(phone.page).enter(scene.person);
  scene.notes.set("phone", phone);
});

Then("it shows {string} as this device, and {string} beside it", async ({ scene }, own: string, other: string) => {
  const rows = scene.someone.page.locator(".sessions li");
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "this device" })).toContainText(own);
  await expect(rows.filter({ hasNotText: "this device" })).toContainText(other);
});

Then("it says of each from which address and when it was used last", async ({ scene }) => {
  const rows = scene.someone.page.locator(".sessions li small");
  await expect(rows).toHaveText([/^198\.18\.\d+\.\d+, last used \d{4}-/, /^198\.18\.\d+\.\d+, last used \d{4}-/]);
});

Given("a page with a stream is open on her phone", async ({ scene }) => {
  const { page, context } = phoneOf(scene);
  await page.goto("/boards");
  await live(page);
  scene.notes.set("phone's cookies", await context.cookies());
  // Leaving begins with this request; how fast the next page is drawn is another matter.
  scene.notes.set(
    "left at",
    page.waitForRequest((request) => new URL(request.url()).pathname === "/login").then(() => Date.now()),
  );
});

async function press(scene: Scene, button: string): Promise<void> {
  const { page, keyboard } = new AccountPages(scene.someone.page);
  await page.goto("/account");
  const answered = page.waitForResponse((response) => response.url().includes("/account/sessions/"));
  await keyboard.press(button);
  await answered;
  scene.notes.set("logged out at", Date.now());
}

When("she logs out {string} on her account page", async ({ scene }, device: string) => {
  await press(scene, `Log out ${device}`);
});

When("she logs out everywhere else", async ({ scene }) => {
  await press(scene, "Log out everywhere else");
});

Then("her phone left its page within 2 seconds", async ({ scene }) => {
  const leftAt = Number(await scene.notes.get("left at"));
  expect(leftAt - Number(scene.notes.get("logged out at"))).toBeLessThan(2_000);
  await expect(phoneOf(scene).page.getByRole("heading", { level: 1 })).toHaveText("Log in");
});

Then("what her phone had as its session opens nothing", async ({ scene }) => {
  const { context, page } = phoneOf(scene);
  await context.addCookies(scene.notes.get("phone's cookies") as Awaited<ReturnType<typeof context.cookies>>);
  await new AccountPages(page).expectLoggedOut();
});

Then("her laptop is still logged in", async ({ scene }) => {
  await new AccountPages(scene.someone.page).expectLoggedIn();
  await expect(scene.someone.page.locator(".sessions li")).toHaveCount(1);
});

Given("Ann has two sessions, each with an open stream", async ({ scene }) => {
  const { kit } = await scene.wire();
  const ann = await createUser(kit, { name: "Ann" });
  const cookies = [await logInAs(kit, ann), await logInAs(kit, ann)];
  for (const Cookie of cookies) {
    const client = await scene.app.connect("/events", { Cookie });
    await client.event("bk:hello");
    scene.clients.push(client);
  }
  scene.notes.set("cookies", cookies);
  scene.notes.set("user", ann.id);
});

When("she logs out of the first", async ({ scene }) => {
  const headers = { Cookie: cookiesOf(scene)[0], Origin: scene.app.url };
  scene.answer = await fetch(`${scene.app.url}/logout`, { method: "POST", headers, redirect: "manual" });
  scene.notes.set("logged out at", Date.now());
});

Then("the first stream was told that its session is over, and ended within 2 seconds", async ({ scene }) => {
  expect(scene.answer?.headers.get("Clear-Site-Data")).toBe('"cache"');
  const close = await scene.clients[0]?.event("bk:close");
  await scene.clients[0]?.end();
  expect(Date.now() - Number(scene.notes.get("logged out at"))).toBeLessThan(2_000);
  expect(JSON.parse(close?.data ?? "{}")).toMatchObject({ reason: "logout" });
});

Then("the second stream still hears what is broadcast", async ({ scene }) => {
  await scene.app.kit.broker.broadcast("news", "still here");
  expect((await scene.clients[1]?.event("news"))?.data).toBe("still here");
  expect(scene.clients[0]?.events.some(({ event }) => event === "news")).toBe(false);
});

async function statusOf(scene: Scene, path: string, Cookie: string): Promise<number> {
  const answer = await fetch(scene.app.url + path, { headers: { Cookie, Accept: "text/html" }, redirect: "manual" });
  await answer.body?.cancel();
  return answer.status;
}

Then("the cookie of the first opens no page and no stream", async ({ scene }) => {
  const [first] = cookiesOf(scene);
  expect(await statusOf(scene, "/account", first)).toBe(303);
  const client = await scene.app.connect("/events", { Cookie: first });
  expect(client.status).toBe(401);
  const resumed = await scene.app.connect("/events", { Cookie: first, "Last-Event-ID": scene.app.kit.broker.cursor });
  await resumed.event("bk:close");
  await resumed.end();
});

Then("the cookie of the second still opens her account", async ({ scene }) => {
  expect(await statusOf(scene, "/account", cookiesOf(scene)[1])).toBe(200);
});

Given("Ann has a session in an app whose clock can be turned", async ({ scene }) => {
  const { app } = await startClockedApp(scene);
  const ann = await createUser(app.kit, { name: "Ann" });
  scene.notes.set("cookie", await logInAs(app.kit, ann));
});

async function visitAccount(scene: Scene): Promise<number> {
  return await statusOf(scene, "/account", String(scene.notes.get("cookie")));
}

When("she visits her account page each day for {int} days", async ({ scene }, days: number) => {
  for (let day = 0; day < days; day++) {
    clockedOf(scene).clock.turn(24 * 60 * 60_000);
    expect(await visitAccount(scene), `on day ${day + 1}`).toBe(200);
  }
});

When("the clock goes back by {int} days", async ({ scene }, days: number) => {
  clockedOf(scene).clock.turn(-days * 24 * 60 * 60_000);
});

Then("her account page answers", async ({ scene }) => {
  expect(await visitAccount(scene)).toBe(200);
});

Then("her account page sends her to the login page", async ({ scene }) => {
  expect(await visitAccount(scene)).toBe(303);
});
