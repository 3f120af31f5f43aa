import { expect } from "@playwright/test";
import type { ClockedScene } from "../clocked-scene.ts";
import type { MailReader } from "../mail-reader.ts";
import { goodPassword, type People } from "../people.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { AccountPages } from "./account-pages.ts";
import { newPassword, wrongLogin } from "./passwords.ts";

/** Registration, confirmation, login and forgotten passwords. */
export class AccountScene {
  readonly #people: People;
  readonly #scene: Scene;
  readonly #clocked: ClockedScene;
  readonly #link = new Slot<string>("a mailed link");
  readonly #pageTexts = new Slot<readonly [string, string]>("the texts of two pages");
  readonly #unknownEmail = new Slot<string>("an unknown address");
  readonly #otherBrowser = new Slot<AccountPages>("another browser");
  readonly #phone = new Slot<AccountPages>("Ann's phone");

  constructor(people: People, scene: Scene, clocked: ClockedScene) {
    this.#people = people;
    this.#scene = scene;
    this.#clocked = clocked;
  }

  /** Her account pages. */
  get pages(): AccountPages {
    return new AccountPages(this.#scene.page);
  }

  get otherBrowser(): AccountPages {
    return this.#otherBrowser.value;
  }

  get phone(): AccountPages {
    return this.#phone.value;
  }

  /** The mails of the app that the scenario is about. */
  get mails(): MailReader {
    return this.#clocked.isStarted ? this.#clocked.mails : this.#people.mails;
  }

  async register(): Promise<void> {
    this.#scene.person = await this.#people.get("Ann");
    await this.pages.register(this.#scene.person);
    await this.pages.expectText("Check your email");
    await this.#readLink(/verify-email/);
  }

  async registerInClockedApp(): Promise<void> {
    const people = await this.#clocked.startWithPeople();
    this.#scene.person = await people.get("Ann");
    await this.pages.register(this.#scene.person);
    await this.#readLink(/verify-email/);
  }

  async tryToRegister(password: string): Promise<void> {
    this.#scene.person = await this.#people.get("Ann");
    await this.pages.register({ ...this.#scene.person, password });
  }

  /** Registers with an address of her own, then with Bob's. */
  async registerWithTakenAddress(): Promise<void> {
    const ann = await this.#people.get("Ann");
    const bob = await this.#people.get("Bob");
    this.#scene.person = ann;
    await this.pages.register(ann);
    await this.pages.expectText("Check your email");
    const ordinary = await this.pages.textWithout(ann.email);
    await this.pages.register({ ...ann, email: bob.email, password: newPassword });
    await this.pages.expectText(bob.email);
    this.#pageTexts.value = [ordinary, await this.pages.textWithout(bob.email)];
  }

  expectSameTexts(): void {
    const [first, second] = this.#pageTexts.value;
    expect(second).toBe(first);
  }

  async submitGoodPassword(): Promise<void> {
    await this.#scene.page.keyboard.type(goodPassword);
    await this.#scene.page.keyboard.press("Enter");
  }

  async expectProblem(label: string, text: string): Promise<void> {
    const field = this.pages.keyboard.field(label);
    await expect(field).toHaveValue("");
    await expect(field).toBeFocused();
    await expect(field).toHaveAccessibleDescription(new RegExp(`^${text.replaceAll(".", "\\.")}`));
  }

  async expectFields(labelOfName: string, labelOfEmail: string): Promise<void> {
    await expect(this.pages.keyboard.field(labelOfName)).toHaveValue(this.#scene.person.name);
    await expect(this.pages.keyboard.field(labelOfEmail)).toHaveValue(this.#scene.person.email);
  }

  async confirm(): Promise<void> {
    await this.pages.confirm(this.#link.value);
  }

  async confirmNewest(): Promise<void> {
    const known = this.#link.value;
    await this.pages.confirmWithPassword(await this.mails.link(this.#scene.person.email, /verify-email/, known));
  }

  async confirmInOtherBrowser(): Promise<void> {
    this.#otherBrowser.value = new AccountPages((await this.#people.get("Another browser")).page);
    await this.otherBrowser.confirmWithPassword(this.#link.value);
  }

  async expectOtherBrowserLoggedIn(text: string): Promise<void> {
    await this.otherBrowser.expectFlash(text);
    await this.otherBrowser.expectLoggedIn();
  }

  async registerAsStranger(): Promise<void> {
    const ann = await this.#people.get("Ann");
    this.#scene.person = ann;
    this.#otherBrowser.value = new AccountPages((await this.#people.get("A stranger")).page);
    await this.otherBrowser.register(ann);
    await this.otherBrowser.expectText("Check your email");
    await this.#readLink(/verify-email/);
    await this.otherBrowser.enter(ann);
  }

  async claimWithNewPassword(): Promise<void> {
    await this.openLink();
    await this.pages.keyboard.press("I don't know the password", "link");
    await this.pages.choosePassword(newPassword, newPassword);
    await this.pages.expectLoginPage("Your email address is confirmed. Log in with your new password.");
  }

  async expectStrangerLockedOut(): Promise<void> {
    await this.otherBrowser.expectLoggedOut();
    await this.otherBrowser.logIn(this.#scene.person);
    await this.otherBrowser.expectText(wrongLogin);
  }

  async openLink(pages = this.pages): Promise<void> {
    await pages.page.goto(this.#link.value);
  }

  async requestNewLink(): Promise<void> {
    await this.pages.keyboard.press("Get a new link", "link");
    await this.pages.keyboard.type("Email", this.#scene.person.email);
    await this.pages.keyboard.press("Send a new link");
    await this.pages.expectText("Check your email");
  }

  async expectCanLogIn(who: string): Promise<void> {
    const person = who === "Bob" ? await this.#people.get("Bob") : this.#scene.person;
    await new AccountPages(person.page).logIn(person);
    await expect(person.page).toHaveURL(/\/boards$/);
  }

  async expectCanLogInWithNewPasswordOnly(): Promise<void> {
    const { email, page } = this.#scene.person;
    await this.pages.logIn({ email });
    await this.pages.expectText(wrongLogin);
    await this.pages.logIn({ email, password: newPassword });
    await expect(page).toHaveURL(/\/boards$/);
  }

  async requestResetForUnknownAndKnown(): Promise<void> {
    const { email } = this.#scene.person;
    this.#unknownEmail.value = `nobody-${email}`;
    this.#pageTexts.value = [await this.#requestReset(this.#unknownEmail.value), await this.#requestReset(email)];
  }

  async expectNoMailToUnknown(): Promise<void> {
    expect(await this.mails.count(this.#unknownEmail.value)).toBe(0);
  }

  async requestResetOnPhone(): Promise<void> {
    this.#phone.value = new AccountPages((await this.#people.get("Ann's phone")).page);
    await this.phone.requestPasswordReset(this.#scene.person.email);
  }

  async openResetLinkOnPhone(): Promise<void> {
    await this.#readLink(/reset-password/);
    await this.openLink(this.phone);
  }

  async expectMail(subject: string, name?: string): Promise<void> {
    const { email } = name === undefined ? this.#scene.person : await this.#people.get(name);
    await this.mails.subjects(email, subject);
  }

  async #requestReset(email: string): Promise<string> {
    await this.pages.requestPasswordReset(email);
    return await this.pages.textWithout(email);
  }

  async #readLink(kind: RegExp): Promise<void> {
    this.#link.value = await this.mails.link(this.#scene.person.email, kind);
  }
}
