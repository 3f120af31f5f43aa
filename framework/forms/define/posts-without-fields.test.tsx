import { describe, expect, it } from "vitest";
import { z } from "zod";
import { done } from "./answers.ts";
import { form } from "./define-form.tsx";
import { createFormsApp, htmx, live, Visitor } from "./test-forms.tsx";

const moveForm = form({ schema: z.object({ place: z.enum(["left", "right"], "There is no such place.") }) });

function createApp() {
  const { app } = createFormsApp();
  const moves: string[] = [];
  app.get("/notes", (c) => c.render(<p>Notes</p>, { title: "Notes" }));
  app.post(
    "/move",
    moveForm.handle(({ data }) => {
      moves.push(data.place);
      return data.place === "left" ? done({ flash: "Moved." }) : done();
    }),
  );
  return { visitor: new Visitor(app), moves };
}

describe("a button's post, which no form is shown for", () => {
  it("leaves a live page as it is", async () => {
    const { visitor, moves } = createApp();

    const answer = await visitor.post("/move", { place: "right" }, live);

    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    expect(moves).toEqual(["right"]);
  });

  it("shows a message on a live page, and nothing else", async () => {
    const answer = await createApp().visitor.post("/move", { place: "left" }, live);

    expect([answer.status, answer.headers.get("HX-Reswap")]).toEqual([200, "none"]);
    expect(await answer.text()).toMatch(/^<hx-partial hx-target="#bk-flash"[^>]*><p [^>]*>Moved\.<\/p><\/hx-partial>$/);
  });

  it("reads a page without a stream again, and leads a plain post back", async () => {
    const { visitor } = createApp();

    const withHtmx = await visitor.post("/move", { place: "right" }, htmx);
    const plain = await visitor.post("/move", { place: "right" });

    expect(withHtmx.headers.get("HX-Location")).toContain("/notes");
    expect([plain.status, plain.headers.get("Location")]).toEqual([303, "/notes?page=2"]);
  });

  it("shows the problems as a message", async () => {
    const { visitor, moves } = createApp();

    const withHtmx = await visitor.post("/move", { place: "up" }, live);
    const plain = await visitor.post("/move", { place: "up" });

    expect([withHtmx.status, withHtmx.headers.get("HX-Reswap")]).toEqual([422, "none"]);
    expect(withHtmx.headers.get("HX-Retarget")).toBe("#bk-flash");
    expect(await withHtmx.text()).toContain("There is no such place.");
    expect(plain.status).toBe(303);
    expect(await visitor.get("/notes")).toContain("There is no such place.");
    expect(moves).toEqual([]);
  });

  it("shows the problems on a page of their own if the browser doesn't say where it came from", async () => {
    const answer = await createApp().visitor.post("/move", { place: "up" }, { Referer: "" });

    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toMatch(/id="bk-flash".*There is no such place\./);
    expect(page).not.toContain("<hx-partial");
  });
});
