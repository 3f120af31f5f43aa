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

describe("the limit of a body", () => {
  const post = (of: Hono, body: string | ReadableStream, headers: Record<string, string> = {}) =>
    of.request(new Request("http://localhost/", { method: "POST", body, headers, ...{ duplex: "half" } }));

  function createReader(options = {}) {
    const reading = new Hono().use(bodyLimit(options));
    reading.all("/", async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)));
    return reading;
  }

  it("is 1 MiB, and 10 MB for uploads, by default", async () => {
    const declared = async (bytes: number, type = "text/plain") =>
      (await post(createReader(), "x", { "Content-Length": String(bytes), "Content-Type": type })).status;
    const [text, upload] = [1024 * 1024, 10_000_000];

    expect([await declared(text), await declared(text + 1)]).toEqual([200, 413]);
    const type = "Multipart/Form-Data; boundary=x";
    expect([await declared(upload, type), await declared(upload + 1, type)]).toEqual([200, 413]);
    expect(await declared(text + 1, "x-multipart/form-data")).toBe(413);
  });

  it("is told in the refusal", async () => {
    const answer = await post(createReader({ maxBytes: 10 }), "0123456789+");

    expect([answer.status, await answer.text()]).toEqual([
      413,
      "The request body is too large; at most 10 bytes are accepted.",
    ]);
    expect(answer.headers.get("Content-Type")).toBe("text/plain; charset=UTF-8");
  });

  it.each(["GET", "HEAD", "OPTIONS"])("ignores %s", async (method) => {
    const answer = await createReader({ maxBytes: 1 }).request("/", { method, headers: { "Content-Length": "100" } });

    expect(answer.status).toBe(200);
  });

  it.each(["PUT", "PATCH", "DELETE"])("counts for %s", async (method) => {
    const answer = await createReader({ maxBytes: 1 }).request("/", { method, body: "ab" });

    expect(answer.status).toBe(413);
  });

  it("doesn't trust a Content-Length next to a Transfer-Encoding", async () => {
    const headers = { "Content-Length": "1", "Transfer-Encoding": "chunked" };

    expect((await post(createReader({ maxBytes: 10 }), endless(11), headers)).status).toBe(413);
    expect((await post(createReader({ maxBytes: 11 }), endless(11), headers)).status).toBe(200);
  });

  it("counts what comes, not what was declared, beyond 16 KiB", async () => {
    const size = 16 * 1024 + 1;
    const small = createReader({ maxBytesPerAddress: 1000, maxBytesInTotal: 1000 });

    const late = await post(small, "x", { "Content-Length": String(size) });
    const early = await post(small, "x", { "Content-Length": String(size - 1) });

    expect([late.status, early.status]).toEqual([200, 503]);
  });

  it("lets a route without a body pass, and one whose body is empty", async () => {
    const reading = createReader({ maxBytes: 0 });

    expect((await reading.request("/", { method: "POST" })).status).toBe(200);
    expect((await post(reading, "", { "Content-Length": "0" })).status).toBe(200);
  });

  it("leaves other errors of a route to its error handler", async () => {
    const failing = new Hono().use(bodyLimit());
    failing.post("/", () => {
      throw new TypeError("broken");
    });
    failing.onError((error, c) => c.text(error.message, 500));

    const answer = await post(failing, "x");

    expect([answer.status, await answer.text()]).toEqual([500, "broken"]);
  });

  it("replaces what a route or its error handler made of the refusal, but not a good answer", async () => {
    const handled = new Hono();
    handled.onError((_error, c) => c.text("handled", 500));
    handled.use(bodyLimit({ maxBytes: 10 }));
    handled.post("/", async (c) => {
      await c.req.text();
      return c.text("read");
    });
    const unread = new Hono().use(bodyLimit({ maxBytes: 10 }));
    unread.post("/", async (c) => {
      await c.req.text().catch(() => "");
      return c.text("kept", 201);
    });

    const answers = [await post(handled, endless(11)), await post(unread, endless(11))];

    expect(await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]))).toEqual([
      [413, expect.stringContaining("too large")],
      [201, "kept"],
    ]);
  });

  it("frees what a request held, however it ended", async () => {
    const held = createReader({ maxBytesPerAddress: 8, maxBytesInTotal: 8, maxBytes: 8 });
    const statuses = [];

    for (const body of ["12345678", "123456789", "12345678"]) {
      statuses.push((await post(held, body, { "Content-Length": String(body.length) })).status);
    }

    expect(statuses).toEqual([200, 413, 200]);
  });

  it("can be lowered while the body comes, and never raised", async () => {
    const lowering = new Hono().use(bodyLimit({ maxBytes: 10, maxUploadBytes: 100 }));
    lowering.post("/", async (c) => {
      const text = await c.req.text();
      c.var.bodySize?.refuseUploads();
      return c.text(text);
    });
    const type = { "Content-Type": "multipart/form-data; boundary=x" };

    expect((await post(lowering, endless(50), type)).status).toBe(413);
    expect((await post(lowering, endless(10), type)).status).toBe(200);
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
