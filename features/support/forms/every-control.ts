import type { Page } from "@playwright/test";
import { Field, type FieldProps, fileField } from "buffkit";
import { jsx } from "hono/jsx";
import { z } from "zod";

const options = (...values: string[]) => values.map((value) => ({ value, label: value }));
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);

/** A schema with every type that a form can send. `mayPass` decides about the text. */
export function everyType(mayPass: () => boolean) {
  return z.object({
    text: z.string().refine(mayPass, "Not now."),
    note: z.string(),
    count: z.number(),
    level: z.number(),
    day: z.date(),
    moment: z.iso.datetime({ local: true }),
    hour: z.string(),
    color: z.string(),
    size: z.enum(["s", "m", "l"]),
    city: z.string(),
    tags: z.array(z.string()),
    picks: z.array(z.string()),
    agree: z.boolean(),
    news: z.boolean(),
    loud: z.boolean(),
    amount: z.union([z.number(), z.literal("all")]),
    picture: fileField(),
    outside: z.string(),
    button: z.enum(["save", "publish"]),
  });
}

/** A control of every kind, some with a value at first. */
const controls: readonly FieldProps[] = [
  { name: "text", label: "Text" },
  { name: "note", label: "Note", type: "textarea", value: "first" },
  { name: "count", label: "Count", type: "number", value: 1 },
  { name: "level", label: "Level", type: "range", value: 10 },
  { name: "day", label: "Day", type: "date", value: "2026-01-02" },
  { name: "moment", label: "Moment", type: "datetime-local" },
  { name: "hour", label: "Hour", type: "time" },
  { name: "color", label: "Color", type: "color", value: "#112233" },
  { name: "size", label: "Size", type: "select", value: "m", options: options("s", "m", "l") },
  {
    name: "city",
    label: "City",
    type: "select",
    options: [...options("rome"), ...options("oslo", "bergen").map((city) => ({ ...city, group: "Norway" }))],
  },
  { name: "tags", label: "Tags", type: "checkbox", value: "green", options: options("red", "green", "blue") },
  { name: "picks", label: "Picks", type: "select", multiple: true, options: options("x", "y", "z") },
  { name: "agree", label: "I agree", type: "checkbox" },
  { name: "news", label: "News", type: "checkbox", checked: true },
  { name: "loud", label: "Loud", type: "radio", value: "false", options: options("true", "false") },
  { name: "amount", label: "Amount", type: "radio", value: "all", options: options("all", "7") },
  { name: "picture", label: "Picture", type: "file" },
];

export const everyField = () => controls.map((props) => jsx(Field, { ...props }));

/** Fills in all of them, so that none is as it was. */
export async function fillInEverything(page: Page): Promise<void> {
  const named = (name: string, value?: string) =>
    page.locator(`[name="${name}"]${value === undefined ? "" : `[value="${value}"]`}`);
  const texts = {
    text: "milk",
    note: "one\ntwo",
    count: "7",
    level: "40",
    day: "2030-05-06",
    moment: "2030-05-06T07:08",
    hour: "07:08",
    color: "#445566",
    outside: "beside",
  };
  for (const [name, text] of Object.entries(texts)) await named(name).fill(text);
  await named("size").selectOption("l");
  await named("city").selectOption("oslo");
  await named("picks").selectOption(["x", "z"]);
  await named("tags", "green").uncheck();
  for (const tag of ["red", "blue"]) await named("tags", tag).check();
  await named("agree").check();
  await named("news").uncheck();
  await named("loud", "true").check();
  await named("amount", "7").check();
  await named("picture").setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: png });
}

/** Five controls, whatever they say. */
export async function changeSome(page: Page): Promise<void> {
  await page.locator("[name=text]").fill("bread");
  await page.locator("[name=count]").fill("9");
  await page.locator("[name=size]").selectOption("s");
  await page.locator("[name=tags][value=green]").click();
  await page.locator("[name=outside]").fill("elsewhere");
}

/** What the server is to read then, as JSON. */
export const everythingRead = {
  text: "milk",
  note: "one\ntwo",
  count: 7,
  level: 40,
  day: "2030-05-06T00:00:00.000Z",
  moment: "2030-05-06T07:08",
  hour: "07:08",
  color: "#445566",
  size: "l",
  city: "oslo",
  tags: ["red", "blue"],
  picks: ["x", "z"],
  agree: true,
  news: false,
  loud: true,
  amount: 7,
  picture: "image/png",
  outside: "beside",
  button: "publish",
};

/** What the controls of the page's form say, in order: name, and value or state. */
export function readEverything(page: Page): Promise<readonly (readonly [string, unknown])[]> {
  return page.locator("main form").evaluate((form: HTMLFormElement) => {
    const stateOf = (control: Element) => {
      if (control instanceof HTMLSelectElement) return [...control.selectedOptions].map(({ value }) => value);
      if (control instanceof HTMLTextAreaElement) return control.value;
      if (!(control instanceof HTMLInputElement)) return null;
      if (control.type === "file") return [...(control.files ?? [])].map(({ name, size }) => `${name} ${size}`);
      const isBox = control.type === "checkbox" || control.type === "radio";
      return isBox ? [control.value, control.checked] : control.value;
    };
    const filledIn = [...form.elements].filter((control) =>
      control.matches("input:not([type=hidden]), select, textarea"),
    );
    return filledIn.map((control) => [control.getAttribute("name") ?? "", stateOf(control)] as const);
  });
}
