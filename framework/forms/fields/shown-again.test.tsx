import { Hono } from "hono";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { readForm } from "../input/read-form.ts";
import { Field } from "./field.tsx";
import { Form } from "./form.tsx";

const schema = z.object({ name: z.string().min(3), tags: z.array(z.string().max(4)), pick: z.array(z.string()) });
const options = ["x", "y", "z"].map((value) => ({ value, label: value }));

let app: Hono;

beforeEach(() => {
  app = new Hono();
  app.post("/", async (c) => {
    const read = await readForm(c, schema);
    return c.html(
      read.ok ? (
        "fine"
      ) : (
        <Form action="/" problems={read.problems} old={read.old}>
          {["red", "green", "blue & co"].map((tag) => (
            <Field name="tags" label={tag} type="checkbox" value={tag} checked />
          ))}
          <Field name="pick" label="Pick" type="select" multiple options={options} />
          <Field name="name" label="Name" />
          <Field name="locked" label="Locked" type="checkbox" checked disabled />
        </Form>
      ),
    );
  });
});

async function send(body: string): Promise<string> {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return (await app.request("/", { method: "POST", body, headers })).text();
}

/** The values of the inputs and options that are chosen. */
function chosen(html: string): string[] {
  const tags = [...html.matchAll(/<(?:input|option)[^>]* (?:checked|selected)=""[^>]*>/g)];
  return tags.map(([tag]) => /value="([^"]*)"/.exec(tag)?.[1] ?? "");
}

describe("a refused form with several values of one name", () => {
  it("shows the boxes and choices that were made, and what is disabled as it was", async () => {
    expect(chosen(await send("name=a&tags=red&pick=x&pick=z"))).toEqual(["red", "x", "z", "on"]);
    expect(chosen(await send("name=a"))).toEqual(["on"]);
  });

  it("gives each box its own label", async () => {
    const html = await send("name=a");

    for (const id of ["form-tags-red", "form-tags-green", "form-tags-blue_20_26_20co"]) {
      expect(html.split(`id="${id}"`)).toHaveLength(2);
      expect(html.split(`for="${id}"`)).toHaveLength(2);
    }
  });

  it("shows the problem of one value at the field", async () => {
    const html = await send("name=abc&tags=purple");

    expect(html).toMatch(/id="form-tags-red-problem">Too big/);
    expect(html).not.toContain('id="form-name-problem"');
  });
});

describe("the options of a select", () => {
  it("are in groups, and can be disabled", () => {
    const grouped = [
      { value: "a", label: "A", group: "North" },
      { value: "b", label: "B", group: "North", disabled: true },
      { value: "c", label: "C" },
    ];

    expect(String(<Field name="city" label="City" type="select" options={grouped} />)).toContain(
      '<optgroup label="North"><option value="a">A</option><option value="b" disabled="">B</option></optgroup><option value="c">C</option>',
    );
  });
});
