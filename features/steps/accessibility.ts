import { type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { axeViolations } from "../support/axe.ts";
import { BoardPage } from "../support/board-page.ts";
import { Keyboard } from "../support/keyboard.ts";
import type { Person } from "../support/people.ts";
import { Given, Then, When } from "../support/test.ts";

const openPages = ["/", "/login", "/register", "/forgot-password", "/verify-email", "/reset-password", "/nowhere"];
const developmentPages = ["/__mail", "/__mail/preview", "/__mail/templates", "/__dev", "/__dev/jobs"];

function look(device: string): BrowserContextOptions {
  const viewport = device === "phone" ? { width: 390, height: 844 } : { width: 1280, height: 900 };
  return { viewport, colorScheme: "light", reducedMotion: "reduce" };
}

/**
 * What axe finds on what is open, in the light by all its rules and in the dark by those of colour, and whether it is wider than the
 * screen (WCAG 2.2, 1.4.10); each line names the place.
 */
async function examine(page: Page, place: string): Promise<string[]> {
  await settle(page);
  const byDay = await axeViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await settle(page);
  const byNight = await axeViolations(page, ["color-contrast", "link-in-text-block"]);
  await page.emulateMedia({ colorScheme: "light" });
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [
    ...(excess > 0 ? [`${place}: ${excess} px wider than the screen`] : []),
    ...byDay.map((violation) => `${place}: ${violation}`),
    ...byNight.map((violation) => `${place} in the dark: ${violation}`),
  ];
}

/** What fades in would be measured half seen. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const finite = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(finite.map(({ finished }) => finished));
  });
}

async function examineAll(page: Page, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    found.push(...(await examine(page, path)));
  }
  return found;
}

async function examineRefusal({ page }: Person): Promise<string[]> {
  await page.goto("/login");
  await page.getByLabel("Email").fill("nobody@example.test");
  await page.getByLabel("Password").fill("nothing");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  return await examine(page, "a refused login");
}

async function examineMember({ page }: Person): Promise<string[]> {
  const board = new BoardPage(page);
  const path = await board.create("Ears and eyes");
  await board.add("Read it out");
  const found = await examineAll(page, ["/boards", path, "/account", "/account/confirm", "/account/second-factor"]);
  await board.open(path);
  await board.edit("Read it out");
  return [...found, ...(await examine(page, "an open card"))];
}

When(
  /^each page of the app is opened on a (desktop|phone), by day and by night$/,
  async ({ people, scene }, device: string) => {
    const visitor = await people.get("Visitor", look(device));
    const found = [...(await examineAll(visitor.page, openPages)), ...(await examineRefusal(visitor))];
    const ann = await people.logIn("Annabelle Featherstonehaugh", look(device));
    scene.notes.set("violations", [...found, ...(await examineMember(ann))]);
  },
);

When(
  /^each development page is opened on a (desktop|phone), by day and by night$/,
  async ({ people, scene }, device: string) => {
    // Her confirmation is in the inbox, so that the pages have something to show.
    await people.register("Ann");
    const { page } = await people.get("A developer", look(device));
    const found = await examineAll(page, developmentPages);
    await page.goto("/__mail");
    const mail = await page.locator(".mail-list li a").first().getAttribute("href");
    const views = ["html", "text", "links", "attachments", "headers", "source"].map((view) => `${mail}?view=${view}`);
    scene.notes.set("violations", [...found, ...(await examineAll(page, views))]);
  },
);

Then("axe finds no violation on any of them, and none is wider than the screen", ({ scene }) => {
  expect(scene.notes.get("violations")).toEqual([]);
});

When("the visitor presses Tab", async ({ scene }) => {
  await scene.someone.page.keyboard.press("Tab");
});

Then("the link {string} has the focus and is seen", async ({ scene }, name: string) => {
  const link = scene.someone.page.getByRole("link", { name });
  await expect(link).toBeFocused();
  await expect(link).toBeInViewport();
});

When("the visitor follows it by Enter", async ({ scene }) => {
  await scene.someone.page.keyboard.press("Enter");
});

Then("the main part has the focus", async ({ scene }) => {
  await expect(scene.someone.page.getByRole("main")).toBeFocused();
});

When("she goes through her account page by keyboard", async ({ scene }) => {
  const { page } = scene.someone;
  await page.goto("/account");
  const unmarked: string[] = [];
  for (let stop = 0; stop < 12; stop++) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const isMarked = (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
      return isMarked ? null : element.outerHTML.slice(0, 120);
    });
    if (name !== null) unmarked.push(name);
  }
  scene.notes.set("unmarked", unmarked);
});

Then("each stop on the way is marked", ({ scene }) => {
  expect(scene.notes.get("unmarked")).toEqual([]);
});

Given("Ann has a board with the card {string} open", async ({ people, scene }, title: string) => {
  scene.person = await people.logIn("Ann");
  const board = new BoardPage(scene.person.page);
  await board.create("By keyboard");
  await board.add(title);
  scene.notes.set("card", title);
});

When("she opens the card by keyboard", async ({ scene }) => {
  const { page } = scene.someone;
  const title = String(scene.notes.get("card"));
  await new Keyboard(page).press(title, "link");
  await expect(page.locator("dialog").getByLabel("Title")).toHaveValue(title);
});

Then("the focus stays within the dialog however often she presses Tab", async ({ scene }) => {
  const { page } = scene.someone;
  for (let times = 0; times < 12; times++) {
    await page.keyboard.press("Tab");
    // Between its last and its first element a dialog lets the browser's own bar have a turn; the page never has one.
    const place = await page.evaluate(() => {
      const element = document.activeElement;
      return element === document.body || Boolean(element?.closest("dialog"));
    });
    expect(place, `after ${times + 1} times`).toBe(true);
  }
});

When("she presses Escape", async ({ scene }) => {
  await scene.someone.page.keyboard.press("Escape");
});

Then("the dialog is closed, and the card has the focus again", async ({ scene }) => {
  const { page } = scene.someone;
  await expect(page.locator("dialog")).toBeHidden();
  await expect(page.getByRole("link", { name: String(scene.notes.get("card")), exact: true })).toBeFocused();
});
