// `npm run screenshots`: starts the reference app, uses it as two people, and takes the screenshots for the README and the docs.
// With a folder as its argument it also captures every page on phone and desktop, in light and dark mode.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { BoardPage } from "./support/board/board-page.ts";
import { People } from "./support/people.ts";
import { startReferenceApp } from "./support/reference-app.ts";

const images = fileURLToPath(new URL("../docs/images/", import.meta.url));
const everything = process.argv[2];
const desktop = { viewport: { width: 900, height: 620 }, deviceScaleFactor: 1 } satisfies BrowserContextOptions;

async function fill(board: BoardPage): Promise<void> {
  for (const title of ["Write the press release", "Book the room", "Invite the neighbors", "Order flowers"]) {
    await board.add(title);
  }
  await board.move("Book the room", "Doing");
  await board.complete("Order flowers");
}

/** Two browsers with the same board, side by side in one image. */
async function sideBySide(browser: Browser, pages: readonly Page[], file: string): Promise<void> {
  const shots = await Promise.all(pages.map((page) => page.screenshot()));
  const sheet = await browser.newPage({ viewport: { width: 1400, height: 560 } });
  const pictures = shots.map((shot) => `<img src="data:image/png;base64,${shot.toString("base64")}">`).join("");
  const style =
    "body{margin:0;display:flex;align-items:flex-start;gap:24px;padding:24px;background:#888}img{width:664px;border-radius:10px}";
  await sheet.setContent(`<style>${style}</style>${pictures}`);
  await sheet.locator("body").screenshot({ path: file });
  await sheet.close();
}

async function everyPage(people: People, boardPath: string, folder: string): Promise<void> {
  const looks = [
    { name: "desktop-light", options: { ...desktop, colorScheme: "light" } },
    { name: "desktop-dark", options: { ...desktop, colorScheme: "dark" } },
    { name: "phone-light", options: { viewport: { width: 390, height: 844 }, colorScheme: "light" } },
    { name: "phone-dark", options: { viewport: { width: 390, height: 844 }, colorScheme: "dark" } },
  ] as const;
  const open = [
    ...["/", "/login", "/register", "/forgot-password", "/verify-email", "/change-email?token=gone", "/nowhere"],
    ...["/__mail", "/__mail/templates", "/__dev", "/__dev/live", "/__dev/jobs"],
  ];
  const closed = ["/boards", boardPath, "/account", "/account/second-factor", "/account/confirm"];
  mkdirSync(folder, { recursive: true });
  for (const look of looks) {
    const visitor = await people.get(`Visitor ${look.name}`, look.options);
    const member = await people.logIn(`Member ${look.name}`, look.options);
    for (const [person, paths] of [[visitor, open] as const, [member, closed] as const]) {
      for (const path of paths) {
        await person.page.goto(path);
        const name = path === boardPath ? "board" : path.replace(/\W+/g, "-").replace(/^-|-$/g, "") || "home";
        await person.page.screenshot({ path: join(folder, `${name}-${look.name}.png`), fullPage: true });
      }
    }
  }
}

const site = await startReferenceApp();
const browser = await chromium.launch({
  executablePath: process.env.BUFFKIT_BROWSER || undefined,
  args: process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : [],
});
const people = new People(browser, site);
try {
  const ann = await people.logIn("Ann", { ...desktop, colorScheme: "light" });
  const bob = await people.logIn("Bob", { ...desktop, colorScheme: "dark" });
  const board = new BoardPage(ann.page);
  const path = await board.create("Summer party");
  // The first page shows a welcome message, which would be in the picture.
  await bob.page.goto("/boards");
  await new BoardPage(bob.page).open(path);
  await fill(board);
  mkdirSync(images, { recursive: true });
  await sideBySide(browser, [ann.page, bob.page], join(images, "two-browsers.png"));
  if (everything) await everyPage(people, path, everything);
} finally {
  await people.close();
  await browser.close();
  await site.stop();
}
