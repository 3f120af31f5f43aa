import { expect, type Page } from "@playwright/test";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { EditableApp } from "./editable-app.ts";

const newHeading = "After";
const newColor = "rgb(1, 2, 3)";

/** A developer who edits an app while it is open in the browser. */
export class EditingScene {
  readonly #scene: Scene;
  readonly #page: Page;
  readonly #app = new Slot<EditableApp>("an app to edit");

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = page;
  }

  async start(): Promise<void> {
    const app = await EditableApp.start();
    this.#scene.atEnd(() => app.stop());
    this.#app.value = app;
    await this.#page.goto(app.url);
    await expect(this.#heading).toHaveText("Before");
  }

  editTemplate(): void {
    this.#app.value.editTemplate(newHeading);
  }

  async breakTemplate(): Promise<void> {
    await this.#breakApp();
    await this.#page.goto(this.#app.value.url);
  }

  async sendForm(): Promise<void> {
    await this.#page.getByRole("button", { name: "Send" }).click();
    await expect(this.#page.getByText("Refused")).toBeVisible();
  }

  async sendFormToBrokenApp(): Promise<void> {
    await this.#breakApp();
    await this.#page.getByRole("button", { name: "Send" }).click();
    await this.expectStartError();
  }

  expectFormsSent(times: number): void {
    expect(this.#app.value.formsReceived()).toBe(times);
  }

  async #breakApp(): Promise<void> {
    const { url } = this.#app.value;
    this.#app.value.breakTemplate();
    const status = () =>
      fetch(url).then(
        (response) => response.status,
        () => "no response",
      );
    await expect.poll(status, { timeout: 15_000 }).toBe(503);
  }

  deleteDatabase(): void {
    this.#app.value.deleteDatabase();
  }

  async expectNewDatabase(): Promise<void> {
    const app = this.#app.value;
    const checks = () =>
      fetch(`${app.url}/readyz`).then(
        (response) => response.text(),
        () => "no response",
      );
    await expect.poll(() => app.hasDatabase(), { timeout: 30_000 }).toBe(true);
    await expect.poll(checks, { timeout: 30_000 }).toContain("migrations: ok");
    expect(app.output).toContain("app.db was deleted, restarting and migrating.");
  }

  editStyle(): void {
    this.#app.value.editStyle(newColor);
  }

  async expectEditedTemplate(): Promise<void> {
    // The app restarts, which takes a while on a busy machine.
    await expect(this.#heading).toHaveText(newHeading, { timeout: 30_000 });
  }

  async expectEditedStyle(): Promise<void> {
    await expect(this.#heading).toHaveCSS("color", newColor);
  }

  async expectStartError(): Promise<void> {
    await expect(this.#page.getByRole("heading", { name: "The app can't run" })).toBeVisible();
    await expect(this.#page.locator("pre")).toContainText("home.tsx");
  }

  get #heading() {
    return this.#page.getByRole("heading", { level: 1 });
  }
}
