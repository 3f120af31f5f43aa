import { expect, type Page } from "@playwright/test";
import type { KeptThing } from "./kept-thing.ts";

const kinds = ["text", "search", "email", "url", "tel", "password"];
const long = Array.from({ length: 40 }, (_, line) => `line ${line}`).join("\n");

/** Input that nobody has sent yet. */
export const keptInput: readonly KeptThing[] = [
  {
    row: "types into an `<input>` or a `<textarea>`",
    content: (text) => `
      ${kinds.map((kind) => `<input id="${kind}" type="${kind}" value="${text}">`).join("")}
      <input id="focused" value="${text}"><input id="untouched" value="${text} is shown">
      <textarea id="area" rows="3">${text}</textarea><textarea id="long" rows="3">${long}${text}</textarea>`,
    async act(page) {
      for (const kind of kinds) await page.fill(`#${kind}`, `my ${kind}`);
      await page.fill("#area", "my\ntext");
      await page.fill("#long", `${long}!`);
      await page.locator("#long").evaluate((area: HTMLTextAreaElement) => {
        area.style.height = "50px";
        area.scrollTop = 100;
      });
      await page.fill("#focused", "my own text");
      await select(page, "#focused", 3, 6);
    },
    async check(page) {
      for (const kind of kinds) await expect(page.locator(`#${kind}`)).toHaveValue(`my ${kind}`);
      await expect(page.locator("#area")).toHaveValue("my\ntext");
      await expect(page.locator("#long")).toHaveJSProperty("scrollTop", 100);
      expect(await selected(page, "#focused")).toEqual(["my own text", 3, 6]);
      await expect(page.locator("#focused")).toBeFocused();
      await expect(page.locator("#untouched")).toHaveValue("after is shown");
      await page.fill("#focused", "");
    },
  },
  {
    row: "has the cursor in a field without typing",
    content: (text) => `<input id="field" value="${text} and more"><textarea id="area">${text} and more</textarea>`,
    act: (page) => select(page, "#field", 2, 4),
    async check(page, push) {
      expect(await selected(page, "#field")).toEqual(["after and more", 2, 4]);
      await select(page, "#area", 1, 3);
      await push("later");
      expect(await selected(page, "#area")).toEqual(["later and more", 1, 3]);
    },
  },
  {
    row: "sets a number, a date, a color or a slider",
    content: (text) => {
      const [number, day, color] = text === "before" ? [1, "01", "#000001"] : [9, "09", "#000009"];
      return `<input id="number" type="number" value="${number}"><input id="range" type="range" value="${number}">
        <input id="date" type="date" value="2030-01-${day}"><input id="time" type="time" value="10:${day}">
        <input id="color" type="color" value="${color}"><input id="untouched" type="range" value="${number}">`;
    },
    async act(page) {
      await page.fill("#number", "5");
      await page.fill("#range", "55");
      await page.fill("#date", "2030-05-05");
      await page.fill("#time", "05:05");
      await page.fill("#color", "#555555");
    },
    async check(page) {
      await expect(page.locator("#number")).toHaveValue("5");
      await expect(page.locator("#range")).toHaveValue("55");
      await expect(page.locator("#date")).toHaveValue("2030-05-05");
      await expect(page.locator("#time")).toHaveValue("05:05");
      await expect(page.locator("#color")).toHaveValue("#555555");
      await expect(page.locator("#untouched")).toHaveValue("9");
    },
  },
  {
    row: "checks a box, or chooses from a list",
    content: (text) => {
      const isAfter = text !== "before";
      const [first, last] = isAfter ? ["", "checked"] : ["checked", ""];
      const options = `${isAfter ? "<option>new</option>" : ""}<option>one</option><option>two</option>`;
      const three = `<option ${isAfter ? "selected" : ""}>three</option>`;
      return `<input id="box" type="checkbox" ${last}><input id="other" type="checkbox" ${last}>
        <input id="a" type="radio" name="r" ${first}><input id="b" type="radio" name="r"><input id="c" type="radio" name="r" ${last}>
        <input id="d" type="radio" name="s" ${first}><input id="e" type="radio" name="s" ${last}>
        <select id="list">${options}${three}</select><select id="many" multiple>${options}${three}</select>
        <select id="untouched">${options}${three}</select>`;
    },
    async act(page) {
      await page.check("#box");
      await page.uncheck("#box");
      await page.check("#other");
      await page.check("#b");
      await page.selectOption("#list", "two");
      await page.selectOption("#many", ["one", "two"]);
    },
    async check(page, push) {
      // Back at its default, so nobody is in the middle of anything.
      await expect(page.locator("#box")).toBeChecked();
      await expect(page.locator("#other")).toBeChecked();
      await expect(page.locator("#b")).toBeChecked();
      await expect(page.locator("#e")).toBeChecked();
      await expect(page.locator("#list")).toHaveValue("two");
      await expect(page.locator("#many")).toHaveValues(["one", "two"]);
      await expect(page.locator("#untouched")).toHaveValue("three");
      await push("before");
      await expect(page.locator("#b")).toBeChecked();
      await expect(page.locator("#d")).toBeChecked();
      await expect(page.locator("#list")).toHaveValue("two");
    },
  },
  {
    row: "chooses files",
    content: (text) => `<p>${text}</p><input id="file" type="file">`,
    act: (page) => page.setInputFiles("#file", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") }),
    check: async (page) => {
      const names = await page.locator("#file").evaluate((input: HTMLInputElement) => input.files?.[0]?.name);
      expect(names).toBe("a.txt");
    },
  },
  {
    row: "edits an element with `contenteditable`",
    content: (text) => `
      <div id="editor" contenteditable="true" data-text="${text}"><p id="first">${text}</p><p>more</p></div>
      <div id="left" contenteditable="plaintext-only">${text}</div><div id="untouched" contenteditable>${text}</div>`,
    async act(page) {
      await page.click("#left");
      await page.keyboard.type("left ");
      await page.click("#untouched");
      await page.click("#first");
      await page.keyboard.press("Home");
      await page.keyboard.type("ABC ");
    },
    async check(page, push) {
      await expect(page.locator("#left")).toContainText("left");
      await expect(page.locator("#untouched")).toHaveText("after");
      await expect(page.locator("#editor")).toHaveAttribute("data-text", "after");
      await page.keyboard.type("DEF ");
      await push("later");
      await expect(page.locator("#first")).toHaveText("ABC DEF before");
      await expect(page.locator("#editor")).toBeFocused();
    },
  },
  {
    row: "composes text with an input method",
    content: (text) => `<input id="field" value="${text}">`,
    async act(page) {
      await page.fill("#field", "");
      const browser = await page.context().newCDPSession(page);
      await browser.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
    },
    async check(page) {
      await expect(page.locator("#field")).toHaveValue("にほ");
      const browser = await page.context().newCDPSession(page);
      await browser.send("Input.insertText", { text: "日本" });
      await expect(page.locator("#field")).toHaveValue("日本");
    },
  },
];

async function select(page: Page, selector: string, from: number, to: number): Promise<void> {
  await page.locator(selector).evaluate(
    (field: HTMLInputElement, [start, end]) => {
      field.focus();
      field.setSelectionRange(start, end);
    },
    [from, to] as const,
  );
}

async function selected(page: Page, selector: string): Promise<unknown> {
  return await page
    .locator(selector)
    .evaluate((field: HTMLInputElement) => [field.value, field.selectionStart, field.selectionEnd]);
}
