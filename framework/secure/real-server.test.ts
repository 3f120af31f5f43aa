import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { requestId } from "hono/request-id";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { csrf } from "./csrf/csrf.ts";
import { secureHeaders } from "./headers/secure-headers.ts";
import { bodyLimit } from "./requests/body-limit.ts";
import { readClientAddress } from "./requests/client-address.ts";
import { hostAllowList } from "./requests/host-allow-list.ts";
import { createSigner } from "./signer.ts";

const appUrl = "http://localhost";
let server: ServerType;
let port: number;

/** A stream that writes to the socket itself, past all middleware. */
function rawStream(c: Context): Response {
  const { outgoing } = c.env;
  outgoing.writeHead(200, { "Content-Type": "text/event-stream" });
  outgoing.write("data: 1\n\n");
  setImmediate(() => outgoing.end());
  return RESPONSE_ALREADY_SENT;
}

function createApp(): Hono {
  const app = new Hono();
  const signer = createSigner(["a secret of some length"]);
  app.use(
    requestId({ headerName: "" }),
    secureHeaders(),
    hostAllowList({ appUrl }),
    readClientAddress(),
    bodyLimit({ maxBytes: 10 }),
    csrf({ appUrl, signer, isSecure: false }),
  );
  app.get("/", (c) => c.text(`address ${c.var.clientAddress}`));
  app.post("/", async (c) => c.text(await c.req.text()));
  app.get("/stream", rawStream);
  return app;
}

async function send(lines: readonly string[], body = ""): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(`${lines.join("\r\n")}\r\nConnection: close\r\n\r\n${body}`);
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString();
  });
  await once(socket, "close");
  return text;
}

beforeAll(async () => {
  server = serve({ fetch: createApp().fetch, port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  port = (server.address() as AddressInfo).port; // a TCP server that listens has such an address
});

afterAll(() => {
  server.close();
});

describe("the security middleware on a real socket", () => {
  it("leaves a raw stream untouched, without warnings", async () => {
    const complaints = vi.spyOn(console, "error").mockImplementation(() => {});

    const answer = await send(["GET /stream HTTP/1.1", "Host: localhost"]);

    expect(answer).toContain("data: 1");
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
  });

  it("knows the address of the socket", async () => {
    expect(await send(["GET / HTTP/1.1", "Host: localhost", "X-Forwarded-For: 6.6.6.6"])).toContain(
      "address 127.0.0.1",
    );
  });

  it("refuses an absolute-form target of another host", async () => {
    expect(await send(["GET http://evil.example/ HTTP/1.1", "Host: localhost"])).toMatch(/^HTTP\/1\.1 403/);
  });

  it("refuses two Host headers, an unknown host and a malformed one", async () => {
    expect(await send(["GET / HTTP/1.1", "Host: localhost", "Host: evil.example"])).toMatch(/^HTTP\/1\.1 400/);
    expect(await send(["GET / HTTP/1.1", "Host: evil.example"])).toMatch(/^HTTP\/1\.1 403/);
    expect(await send(["GET / HTTP/1.1", "Host: a@b"])).toMatch(/^HTTP\/1\.1 400/);
  });

  it("refuses a body that is too large, with a Content-Length or chunked", async () => {
    const head = ["POST / HTTP/1.1", "Host: localhost", "Sec-Fetch-Site: same-origin"];

    expect(await send([...head, "Content-Length: 11"], "0123456789+")).toMatch(/^HTTP\/1\.1 413/);
    expect(await send([...head, "Transfer-Encoding: chunked"], "b\r\n0123456789+\r\n0\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 413/,
    );
    expect(await send([...head, "Content-Length: 3"], "abc")).toMatch(/^HTTP\/1\.1 200/);
  });

  it("refuses a form from another origin", async () => {
    const head = ["POST / HTTP/1.1", "Host: localhost", "Content-Length: 2", "Content-Type: application/json"];

    expect(await send([...head, "Origin: http://evil.example"], "{}")).toContain("Cross-origin request refused");
    expect(await send(head, "{}")).toContain("CSRF token missing");
  });
});
