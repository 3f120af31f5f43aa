import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createGate } from "../../test-support/create-gate.ts";
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

  it("limits multipart like any other body where no file is expected", async () => {
    const strict = new Hono();
    strict.use(bodyLimit({ maxBytes: 10, maxUploadBytes: 1000 }));
    strict.post("/", async (c) => {
      c.var.bodySize?.refuseUploads();
      return c.text(String((await c.req.arrayBuffer()).byteLength));
    });
    const type = { "Content-Type": "multipart/form-data; boundary=x" };

    const declared = await strict.request("/", {
      method: "POST",
      body: "x".repeat(11),
      headers: { ...type, "Content-Length": "11" },
    });
    const init = { method: "POST", body: endless(11), headers: type, duplex: "half" };
    const chunked = await strict.request(new Request("http://localhost/", init));

    expect([declared.status, chunked.status]).toEqual([413, 413]);
  });
});

describe("bodies at the same time", () => {
  function createApp(bounds: { maxBytesPerAddress?: number; maxBytesInTotal?: number }) {
    const app = new Hono();
    app.use(async (c, next) => {
      c.set("clientAddress", c.req.header("X-Test-Address") ?? "unknown");
      await next();
    });
    app.use(bodyLimit({ maxBytes: 100_000, ...bounds }));
    app.post("/", async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)));
    return app;
  }

  /** A body of 20,000 bytes, of which the first half has arrived. */
  function createUpload(address: string) {
    const gate = createGate();
    const arrived = createGate();
    let isFirst = true;
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          if (!isFirst) await gate.opened;
          controller.enqueue(new Uint8Array(10_000));
          if (isFirst) arrived.open();
          else controller.close();
          isFirst = false;
        },
      },
      { highWaterMark: 0 },
    );
    const init = { method: "POST", body, headers: { "X-Test-Address": address }, duplex: "half" };
    return { request: new Request("http://localhost/", init), hasBegun: arrived.opened, finish: gate.open };
  }

  it("refuses more from one address than it may hold at a time, until the others are done", async () => {
    const app = createApp({ maxBytesPerAddress: 25_000 });
    const first = createUpload("192.0.2.1");
    const firstAnswer = app.request(first.request);
    await first.hasBegun;
    const second = createUpload("192.0.2.1");
    second.finish();
    const stranger = createUpload("192.0.2.2");
    stranger.finish();

    const refused = await app.request(second.request);
    const other = await app.request(stranger.request);
    first.finish();
    const done = await firstAnswer;
    const again = createUpload("192.0.2.1");
    again.finish();

    expect([refused.status, other.status, done.status]).toEqual([429, 200, 200]);
    expect((await app.request(again.request)).status).toBe(200);
  });

  it("refuses more from all addresses than the process may hold", async () => {
    const app = createApp({ maxBytesInTotal: 25_000 });
    const first = createUpload("192.0.2.1");
    const firstAnswer = app.request(first.request);
    await first.hasBegun;
    const second = createUpload("192.0.2.2");
    second.finish();

    const refused = await app.request(second.request);
    first.finish();

    expect([refused.status, (await firstAnswer).status]).toEqual([503, 200]);
  });

  it("counts small bodies by what they say", async () => {
    const app = createApp({ maxBytesPerAddress: 5 });

    const answer = await app.request("/", {
      method: "POST",
      body: "123456",
      headers: { "Content-Length": "6", "X-Test-Address": "192.0.2.1" },
    });

    expect(answer.status).toBe(429);
  });
});
