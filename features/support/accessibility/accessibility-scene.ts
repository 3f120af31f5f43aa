import { expect, type Page } from "@playwright/test";
import { BoardPage } from "../board/board-page.ts";
import { Keyboard } from "../keyboard.ts";
import type { People, Person } from "../people.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { auditOptions, auditPage, auditPages } from "./page-audit.ts";

const publicPages = ["/", "/login", "/register", "/forgot-password", "/verify-email", "/reset-password", "/nowhere"];
const developmentPages = ["/__mail", "/__mail/preview", "/__mail/templates", "/__dev", "/__dev/live", "/__dev/jobs"];
const mailViews = ["html", "text", "links", "attachments", "headers", "source"];
/** More than any page or dialog here has. */
const manyTabs = 12;

/** Pages audited with axe, and pages used with the keyboard. */
export class AccessibilityScene {
  readonly #people: People;
  readonly #scene: Scene;
  readonly #violations = new Slot<readonly string[]>("violations");
  readonly #unmarkedStops = new Slot<readonly string[]>("unmarked Tab stops");
  readonly #card = new Slot<string>("a card");

  constructor(people: People, scene: Scene) {
    this.#people = people;
    this.#scene = scene;
  }

  async auditPublicPages(): Promise<void> {
    const visitor = await this.#people.get("Visitor", auditOptions);
    this.#violations.value = [...(await auditPages(visitor.page, publicPages)), ...(await auditFailedLogin(visitor))];
  }

  async auditMemberPages(): Promise<void> {
    this.#violations.value = await auditMemberPages(
      await this.#people.logIn("Annabelle Featherstonehaugh", auditOptions),
    );
  }

  async auditDevelopmentPages(): Promise<void> {
    const { page } = await this.#developerWithMail();
    this.#violations.value = await auditPages(page, developmentPages);
  }

  async auditMailViews(): Promise<void> {
    const { page } = await this.#developerWithMail();
    await page.goto("/__mail");
    const mail = await page.locator(".mail-list li a").first().getAttribute("href");
    const [first = "", ...others] = mailViews.map((view) => `${mail}?view=${view}`);
    // Around the mail, all views are the same.
    this.#violations.value = [...(await auditPages(page, others, ".mail")), ...(await auditPages(page, [first]))];
  }

  expectNoViolations(): void {
    expect(this.#violations.value).toEqual([]);
  }

  async tabThroughAccountPage(): Promise<void> {
    const { page } = this.#scene;
    await page.goto("/account");
    const unmarked: string[] = [];
    for (let stop = 0; stop < manyTabs; stop++) {
      await page.keyboard.press("Tab");
      const element = await unmarkedFocus(page);
      if (element !== null) unmarked.push(element);
    }
    this.#unmarkedStops.value = unmarked;
  }

  expectVisibleFocus(): void {
    expect(this.#unmarkedStops.value).toEqual([]);
  }

  async createBoardWithCard(title: string): Promise<void> {
    this.#scene.person = await this.#people.logIn("Ann");
    const board = new BoardPage(this.#scene.page);
    await board.create("By keyboard");
    await board.add(title);
    this.#card.value = title;
  }

  async openCard(): Promise<void> {
    const { page } = this.#scene;
    await new Keyboard(page).press(this.#card.value, "link");
    await expect(page.locator("dialog").getByLabel("Title")).toHaveValue(this.#card.value);
  }

  async expectFocusStaysInDialog(): Promise<void> {
    const { page } = this.#scene;
    for (let times = 1; times <= manyTabs; times++) {
      await page.keyboard.press("Tab");
      // Between its last and its first element a dialog passes the focus to the browser's own UI, never to the page.
      const isInside = await page.evaluate(() => {
        const element = document.activeElement;
        return element === document.body || Boolean(element?.closest("dialog"));
      });
      expect(isInside, `after Tab was pressed ${times} times`).toBe(true);
    }
  }

  async expectCardFocused(): Promise<void> {
    const { page } = this.#scene;
    await expect(page.locator("dialog")).toBeHidden();
    await expect(page.getByRole("link", { name: this.#card.value, exact: true })).toBeFocused();
  }

  /** A developer, and a confirmation mail that gives the pages something to show. */
  async #developerWithMail(): Promise<Person> {
    await this.#people.register("Ann");
    return await this.#people.get("A developer", auditOptions);
  }
}

async function auditFailedLogin({ page }: Person): Promise<string[]> {
  await page.goto("/login");
  await page.getByLabel("Email").fill("nobody@example.test");
  await page.getByLabel("Password").fill("nothing");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  return await auditPage(page, "a failed login");
}

async function auditMemberPages({ page }: Person): Promise<string[]> {
  const board = new BoardPage(page);
  const path = await board.create("Ears and eyes");
  await board.add("Read it out");
  const found = await auditPages(page, ["/boards", path, "/account", "/account/confirm", "/account/second-factor"]);
  await board.open(path);
  await board.edit("Read it out");
  return [...found, ...(await auditPage(page, "an open card"))];
}

/** The focused element if nothing shows that it is focused. */
async function unmarkedFocus(page: Page): Promise<string | null> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const isMarked = (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
    return isMarked ? null : element.outerHTML.slice(0, 120);
  });
}
