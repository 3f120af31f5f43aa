import { expect } from "@playwright/test";
import type { KeptThing } from "./kept-thing.ts";

const lines = Array.from({ length: 40 }, (_, line) => `<p>line ${line}</p>`).join("");

/** Where people are in the page, and what they have opened, moved or started. */
export const keptPlaces: readonly KeptThing[] = [
  {
    row: "selects text",
    content: (text) => `<p id="n">${text}</p><p id="text">The quick brown fox (${text})</p>`,
    act: (page) =>
      page.locator("#text").evaluate(({ firstChild }) => {
        if (firstChild) getSelection()?.setBaseAndExtent(firstChild, 4, firstChild, 15);
      }),
    check: async (page) => expect(await page.evaluate(() => getSelection()?.toString())).toBe("quick brown"),
  },
  {
    row: "opens `<details>`, a dialog or a popover",
    content: (text) => `<details id="details"><summary>${text}</summary>${text}</details>
      <dialog id="dialog"><input id="inside" value="${text}">${text}</dialog><div id="popover" popover="manual">${text}</div>`,
    async act(page) {
      await page.click("summary");
      await page.locator("#popover").evaluate((popover: HTMLElement) => popover.showPopover());
      await page.locator("#dialog").evaluate((dialog: HTMLDialogElement) => dialog.showModal());
      await page.fill("#inside", "typed");
    },
    async check(page) {
      await expect(page.locator("#details")).toHaveJSProperty("open", true);
      expect(await page.locator("#dialog").evaluate((dialog) => dialog.matches(":modal"))).toBe(true);
      expect(await page.locator("#popover").evaluate((popover) => popover.matches(":popover-open"))).toBe(true);
      await expect(page.locator("#inside")).toHaveValue("typed");
      await expect(page.locator("#popover")).toHaveText("after");
    },
  },
  {
    row: "scrolls a part of the page, or resizes it",
    content: (text) => `<p id="n">${text}</p><textarea id="area">${text}</textarea>
      <div id="scroller">${text}${lines}</div>`,
    async act(page) {
      await page.locator("#scroller").evaluate((box: HTMLElement) => {
        // As a style sheet would, which this page doesn't have.
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("#scroller { block-size: 100px; overflow: auto; }");
        document.adoptedStyleSheets.push(sheet);
        box.scrollTop = 70;
      });
      await page.locator("#area").evaluate((area: HTMLTextAreaElement) => {
        area.style.width = "333px";
        area.style.height = "222px";
      });
    },
    async check(page) {
      await expect(page.locator("#scroller")).toHaveJSProperty("scrollTop", 70);
      expect(
        await page.locator("#area").evaluate((area: HTMLElement) => [area.style.width, area.style.height]),
      ).toEqual(["333px", "222px"]);
    },
  },
  {
    row: "plays something, or uses a frame or a canvas",
    content: (text) => {
      const parts = [
        `<div id="d1"><audio id="sound"></audio></div>`,
        `<div id="d2"><iframe id="frame" srcdoc="<input>"></iframe></div>`,
        `<div id="d3"><canvas id="canvas"></canvas></div>`,
      ];
      // In another order, so that they have to be moved.
      return `<p>${text}</p>${(text === "before" ? parts : parts.reverse()).join("")}`;
    },
    async act(page) {
      await page.frameLocator("#frame").locator("input").fill("typed");
      await page.evaluate(async () => {
        const sound = document.querySelector("audio");
        const canvas = document.querySelector("canvas");
        if (!sound || !canvas) throw new Error("The page isn't complete.");
        sound.srcObject = new AudioContext().createMediaStreamDestination().stream;
        await sound.play();
        canvas.width = 40;
        canvas.getContext("2d")?.fillRect(0, 0, 10, 10);
      });
    },
    async check(page) {
      await expect(page.frameLocator("#frame").locator("input")).toHaveValue("typed");
      expect(await page.locator("#sound").evaluate((sound: HTMLAudioElement) => sound.paused)).toBe(false);
      const drawn = await page
        .locator("#canvas")
        .evaluate((canvas: HTMLCanvasElement) => [
          canvas.width,
          canvas.getContext("2d")?.getImageData(5, 5, 1, 1).data[3],
        ]);
      expect(drawn).toEqual([40, 255]);
    },
  },
  {
    row: "drags something",
    content: (text) => {
      const items = [`<li id="a" draggable="true">dragged</li>`, `<li id="b">${text}</li>`];
      return `<ul id="items">${(text === "before" ? items : items.reverse()).slice(text === "gone" ? 2 : 0).join("")}</ul>
        <p id="drop">Here</p>`;
    },
    async act(page) {
      await page.evaluate(() => {
        const { dataset } = document.documentElement;
        document.addEventListener(
          "dragstart",
          ({ target }) => target instanceof Element && target.classList.add("moving"),
        );
        document.addEventListener("dragover", (event) => event.preventDefault());
        for (const name of ["drop", "dragend"])
          document.addEventListener(name, () => {
            dataset.drag = `${dataset.drag ?? ""} ${name}`;
          });
      });
      await page.locator("#a").hover();
      await page.mouse.down();
      await page.locator("#drop").hover();
    },
    async check(page, push) {
      const drag = () => page.locator("html").getAttribute("data-drag");
      await expect(page.locator("#a")).toHaveClass("moving");
      await page.locator("#drop").hover();
      await page.mouse.up();
      expect(await drag()).toBe(" drop dragend");
      await page.locator("#a").hover();
      await page.mouse.down();
      await page.locator("#drop").hover();
      await push("gone");
      expect(await drag()).toBe(" drop dragend dragend");
      await page.mouse.up();
    },
  },
  {
    row: "is somewhere with the keyboard",
    content: (text) => {
      const isFirst = text === "before";
      const button = text === "gone" ? "" : `<button id="button">${text}</button>`;
      return `<div id="tools">${isFirst ? "" : "<p>new</p>"}${button}<a id="link" href="#there">Link</a></div>
        <input id="wants" ${isFirst ? "" : "autofocus"}>`;
    },
    act: (page) => page.locator("#button").focus(),
    async check(page, push) {
      await expect(page.locator("#button")).toBeFocused();
      await expect(page.locator("#button")).toHaveText("after");
      await push("gone");
      await expect(page.locator("#link")).toBeFocused();
      await page.locator("#link").evaluate((link) => link.blur());
      await push("later");
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    },
  },
];
