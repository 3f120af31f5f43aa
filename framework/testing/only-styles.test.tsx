import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { Only, wire } from "../index.ts";
import { createTestKit } from "./create-test-kit.ts";

const linked = /<link id="bk-only-\w+" rel="stylesheet" href="([^"]+)"/;

describe("the stylesheet of a viewer", () => {
  it("is linked in the body of pages for those who are logged in, and answers with what is for them", async () => {
    await using test = await createTestKit(async (config) => {
      const app = new Hono();
      const kit = await wire(app, config);
      app.get("/", (c) => c.render(<Only for="ann">Delete</Only>, { title: "Only" }));
      return { app, kit };
    });
    const ann = await test.createUser({ name: "Ann", role: "staff" });

    const [page, visit] = [await test.client.as(ann).get("/"), await test.client.get("/")];

    expect(visit.text).not.toMatch(linked);
    const [, body = ""] = page.text.split("<body");
    const [, path = ""] = linked.exec(body) ?? [];
    const styles = await test.client.request(path.replaceAll("&amp;", "&"));
    expect(await styles.text()).toBe(
      `[data-only~="user:${ann.id}"], [data-only~="role:staff"] { display: contents; }\n`,
    );
    expect(styles.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
    expect(styles.headers.get("Cache-Control")).toBe("private, max-age=86400");
    expect(styles.headers.get("Set-Cookie")).toBeNull();
  });
});
