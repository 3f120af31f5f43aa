import { type Browser, expect, type Page } from "@playwright/test";

export const password = "violet-harbour-sings-twice";

/** Someone in their own browser, with their own email address and network address. */
export interface Person {
  readonly page: Page;
  readonly email: string;
}

/** Opens a browser for someone. The caller closes its page. */
export async function openBrowser(browser: Browser, name: string): Promise<Person> {
  const part = () => Math.floor(Math.random() * 254) + 1;
  const address = `198.18.${part()}.${part()}`;
  const page = await browser.newPage({ extraHTTPHeaders: { "X-Forwarded-For": address } });
  return { page, email: `${name.toLowerCase()}-${crypto.randomUUID()}@example.test` };
}

/** Signs up, opens the mail in the inbox of development, and follows its link. Then the person is logged in. */
export async function signUp({ page, email }: Person, name: string): Promise<void> {
  await page.goto("/register");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText(email)).toBeVisible();

  await page.goto(`/__mail?q=${email}`);
  await page.getByRole("link", { name: "Confirm your email" }).click();
  const link = page.frameLocator("iframe").getByRole("link", { name: "Confirm" });
  await page.goto((await link.getAttribute("href")) ?? "");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Your email address is confirmed.")).toBeVisible();
}
