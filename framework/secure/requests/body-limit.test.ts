import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { bodyLimit } from "./body-limit.ts";

const app = new Hono();
app.use(bodyLimit({ maxBytes: 10, maxUploadBytes: 1000 }));
app.post("/", async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)));

function endless(bytes: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let sent = 0; sent < bytes; sent++) controller.enqueue(new Uint8Array(1));
      controller.close();
    },
  });
}

describe("bodyLimit", () => {
  it("allows a body of exactly the limit", async () => {
    expect(await (await app.request("/", { method: "POST", body: "0123456789" })).text()).toBe("10");
  });

  it("refuses a larger body by its Content-Length", async () => {
    const body = "0123456789+";

    const answer = await app.request("/", { method: "POST", body, headers: { "Content-Length": "11" } });

    expect(answer.status).toBe(413);
  });

  it("refuses a larger body without a Content-Length", async () => {
    const init = { method: "POST", body: endless(11), duplex: "half" };
    const request = new Request("http://localhost/", init);

    expect((await app.request(request)).status).toBe(413);
  });

  it("allows larger bodies for uploads", async () => {
    const body = new FormData();
    body.set("file", new Blob(["x".repeat(500)]));

    expect((await app.request("/", { method: "POST", body })).status).toBe(200);
  });
});
