import { once } from "node:events";
import type { RequestListener, Server } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createGate } from "../test-support/create-gate.ts";
import { createTurnTakingServer } from "./pipelined-requests.ts";

const patient = { timeout: 30_000 };
const open: { server: Server; sockets: Socket[] }[] = [];

afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

async function start(listener: RequestListener) {
  const server = createTurnTakingServer({}, listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const sockets: Socket[] = [];
  open.push({ server, sockets });
  const join = async () => {
    const socket = connect(port, "127.0.0.1");
    sockets.push(socket);
    await once(socket, "connect");
    return socket;
  };
  return { join };
}

const request = (path: string, body = "") =>
  `${body === "" ? "GET" : "POST"} ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

async function readUntil(socket: Socket, text: string): Promise<string> {
  let received = "";
  while (!received.includes(text)) received += String((await once(socket, "data"))[0]);
  return received;
}

describe("a server of pipelined requests", () => {
  it("handles them one after another, with their bodies, and answers in order", async () => {
    let running = 0;
    let most = 0;
    const { join } = await start(async (incoming, outgoing) => {
      most = Math.max(most, ++running);
      const body = Buffer.concat(await incoming.toArray()).toString();
      running--;
      outgoing.end(`<${incoming.url}${body}>`);
    });
    const socket = await join();

    socket.write(request("/1") + request("/2", "two") + request("/3") + request("/4", "four"));
    const received = await readUntil(socket, "</4four>");

    expect(received.match(/<[^>]*>/g)).toEqual(["</1>", "</2two>", "</3>", "</4four>"]);
    expect(most).toBe(1);
  });

  it("lets other connections have their turn in between", async () => {
    const order: string[] = [];
    const first = createGate();
    const { join } = await start((incoming, outgoing) => {
      order.push(String(incoming.url));
      if (incoming.url === "/0") void first.opened.then(() => outgoing.end("."));
      else outgoing.end(incoming.url === "/other" ? "other" : ".");
    });
    const [many, other] = [await join(), await join()];
    many.resume();

    many.write(Array.from({ length: 500 }, (_, index) => request(`/${index}`)).join(""));
    await expect.poll(() => order, patient).toEqual(["/0"]);
    const answered = readUntil(other, "other");
    other.write(request("/other"));
    await answered;
    const before = [...order];
    first.open();
    await expect.poll(() => order.length, patient).toBe(501);

    expect(before).toEqual(["/0", "/other"]);
  });

  it("never handles what waits on a connection that has ended", async () => {
    const handled: string[] = [];
    const gate = createGate();
    const { join } = await start((incoming, outgoing) => {
      handled.push(String(incoming.url));
      void gate.opened.then(() => outgoing.end());
      incoming.socket.once("close", () => handled.push("closed"));
    });
    const socket = await join();

    socket.write(request("/1") + request("/2"));
    await expect.poll(() => handled, patient).toEqual(["/1"]);
    socket.destroy();
    await expect.poll(() => handled, patient).toContain("closed");
    gate.open();
    await new Promise((resolve) => setImmediate(resolve));

    expect(handled).toEqual(["/1", "closed"]);
  });
});
