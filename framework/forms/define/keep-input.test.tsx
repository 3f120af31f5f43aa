import { describe, expect, it } from "vitest";
import { z } from "zod";
import { done } from "./answers.ts";
import { form } from "./define-form.tsx";
import { createFormsApp, signer, Visitor } from "./test-forms.tsx";

const lockForm = form({
  schema: z.object({ name: z.string().min(3), pin: z.string() }),
  fields: (f) => (
    <>
      <f.Field name="name" label="Name" />
      <f.Field name="pin" label="Number" type="password" />
    </>
  ),
});

/** What the browser keeps of a post, as it is inside of the sealed cookie. */
async function keptOf(fields: { name: string; pin: string }): Promise<string> {
  const { app } = createFormsApp();
  app.post(
    "/locks",
    lockForm.handle(({ data }) => {
      if (data.name === "broken") throw new RangeError("broken");
      return done();
    }),
  );
  const answer = await new Visitor(app).post("/locks", fields);
  const cookie = answer.headers.getSetCookie().find((text) => text.startsWith("form=")) ?? "";
  const value = decodeURIComponent(/^form=([^;]*)/.exec(cookie)?.[1] ?? "");
  return signer.unseal(value, "form") ?? "";
}

describe("the input that is kept for the next page", () => {
  it.each(["no", "broken"])("has the other fields but no password, whatever its name: %s", async (name) => {
    const kept = await keptOf({ name, pin: "73914682" });

    expect(kept).toContain(`"${name}"`);
    expect(kept).not.toContain("73914682");
  });
});
