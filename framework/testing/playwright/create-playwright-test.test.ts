import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPackageBuilt, linkPackages } from "../../test-support/link-packages.ts";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const door = (file: string) =>
  JSON.stringify(
    pathToFileURL(join(repository, isPackageBuilt ? "dist" : "", file)).href.replace(
      /\.ts$/,
      isPackageBuilt ? ".js" : ".ts",
    ),
  );

const files = {
  "package.json": '{ "type": "module" }',
  "tsconfig.json": JSON.stringify({
    compilerOptions: { jsx: "react-jsx", jsxImportSource: "hono/jsx", module: "NodeNext" },
    include: ["app", ...["framework", "components", "mail"].map((room) => join(repository, room))],
  }),
  "app/app.tsx": `import { Hono } from "hono";
import { RequireLogin, wire } from ${door("framework/index.ts")};

export async function createApp(config) {
  const app = new Hono();
  const kit = await wire(app, { appName: "Pond", ...config });
  app.get("/", RequireLogin, (c) => c.render(<h1>Hello {c.var.user.name}</h1>, { title: "Home" }));
  app.post("/invite", async (c) => {
    await kit.mail.sendLater({ to: "bea@example.test", subject: "Join us", text: "Come." });
    return c.text("done");
  });
  return { app, kit };
}
`,
  "playwright.config.ts": `import { defineConfig } from "@playwright/test";

const launchOptions = { executablePath: process.env.BUFFKIT_BROWSER, args: ["--no-sandbox", "--disable-gpu"] };
export default defineConfig({ testDir: "tests", workers: 1, use: { browserName: "chromium", launchOptions } });
`,
  "tests/home.spec.ts": `import { expect } from "@playwright/test";
import { createPlaywrightTest } from ${door("framework/testing/playwright/index.ts")};

const test = createPlaywrightTest();

test("greets somebody who is logged in", async ({ page, server }) => {
  await server.logIn(page.context(), await server.createUser({ name: "Ann", email: "ann@example.test" }));
  await page.goto("/");
  await expect(page.getByRole("heading")).toHaveText("Hello Ann");
});

test("starts from nothing, and knows the mails", async ({ page, server }) => {
  await server.createUser({ name: "Ann", email: "ann@example.test" });
  await page.goto("/");
  await expect(page).toHaveURL(server.url + "/login");
  await page.request.post("/invite", { headers: { Origin: server.url } });
  expect((await server.mailbox.last({ to: "bea@example.test" })).subject).toBe("Join us");
});

test("says what went wrong in the app's process", async ({ server }) => {
  await server.createUser({ name: "Ann", email: "ann@example.test" });
  await expect(server.createUser({ name: "Anna", email: "ann@example.test" })).rejects.toThrow(/address is taken/);
});
`,
};

/** A Chromium of this machine, else the one that Playwright has fetched. */
function browserPath(): string {
  const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const installed = names.flatMap((name) => folders.map((place) => join(place, name))).find((file) => existsSync(file));
  return process.env.BUFFKIT_BROWSER ?? installed ?? chromium.executablePath();
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "buffkit-playwright-"));
  linkPackages(folder);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("createPlaywrightTest", () => {
  it("runs browser tests, each on an app of its own", { timeout: 240_000 }, async () => {
    const cli = join(repository, "node_modules", "@playwright", "test", "cli.js");
    const environment = { ...process.env, BUFFKIT_BROWSER: browserPath(), FORCE_COLOR: "0" };

    const child = spawn(process.execPath, [cli, "test", "--reporter=line"], { cwd: folder, env: environment });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
    const code = await new Promise((resolve) => child.once("close", resolve));

    expect(output).toContain("3 passed");
    expect(code).toBe(0);
  });
});
