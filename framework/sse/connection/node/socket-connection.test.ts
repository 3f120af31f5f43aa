import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { textPayload } from "../../event/wire-format.ts";
import { readHandle, readStreamBinding, type WriteOwner } from "./node-internals.ts";
import { DirectWriter, SocketConnection } from "./socket-connection.ts";

const open: { server: Server; sockets: Socket[] }[] = [];

/** Both ends of a connection; the client does not read. */
async function connected(): Promise<{ ours: Socket; client: Socket }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const accepted = once(server, "connection");
  const client = connect(typeof address === "object" && address ? address.port : 0, "127.0.0.1");
  const [ours]: Socket[] = await accepted;
  if (ours === undefined) throw new Error("no connection");
  open.push({ server, sockets: [ours, client] });
  return { ours, client };
}

/** An owner, and what it was told. */
function listening() {
  const told: number[] = [];
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const owner: WriteOwner = {
    onQueued: (bytes) => void told.push(bytes),
    onWritten(status) {
      told.push(status);
      finish();
    },
  };
  return { owner, told, finished };
}

function direct(socket: Socket) {
  const [binding, handle] = [readStreamBinding(), readHandle(socket)];
  if (binding === null || handle === null) throw new Error("this Node hides its internals");
  return { writer: new DirectWriter(binding), handle };
}

afterEach(() => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

describe("DirectWriter", () => {
  it("hands bytes to the system, in order and without a callback", async () => {
    const { ours, client } = await connected();
    const { writer, handle } = direct(ours);
    const { owner, told } = listening();

    const outcomes = ["a", "b", "c"].map((text) => writer.write(handle, Buffer.from(text), owner));
    ours.end();

    expect(Buffer.concat(await client.toArray()).toString()).toBe("abc");
    expect({ outcomes, told }).toEqual({ outcomes: ["sent", "sent", "sent"], told: [] });
  });

  it("tells the owner how much has to wait and when it is out, independently of other sockets", async () => {
    const [slow, quick] = [await connected(), await connected()];
    const { writer, handle } = direct(slow.ours);
    const { owner, told, finished } = listening();
    const big = Buffer.alloc(16 * 1024 * 1024, "x");

    const outcome = writer.write(handle, big, owner);
    const other = writer.write(direct(quick.ours).handle, Buffer.from("quick"), owner);
    let received = 0;
    slow.client.on("data", (bytes) => {
      received += bytes.length;
    });
    await finished;
    slow.ours.end();
    await once(slow.client, "end");

    expect({ outcome, other, told }).toEqual({ outcome: "queued", other: "sent", told: [big.length, 0] });
    expect(received).toBe(big.length);
  });

  it("returns failed for a socket that is closing", async () => {
    const { ours } = await connected();
    const { writer, handle } = direct(ours);
    const { owner, told } = listening();

    ours.destroy();

    expect(writer.write(handle, Buffer.from("late"), owner)).toBe("failed");
    expect(told).toEqual([]);
  });

  it("tells the owner when waiting bytes will never be sent", async () => {
    const { ours } = await connected();
    const { writer, handle } = direct(ours);
    const { owner, told, finished } = listening();
    writer.write(handle, Buffer.alloc(16 * 1024 * 1024), owner);

    ours.destroy();
    await finished;

    expect(told[1]).toBeLessThan(0);
  });
});

/** The bytes that the system has not accepted yet. */
function waitingInSystem(socket: Socket): unknown {
  return Reflect.get(Object(readHandle(socket)), "writeQueueSize");
}

describe("SocketConnection", () => {
  it("has drained once all that waited is out, not the first of it", async () => {
    const { ours, client } = await connected();
    const connection = new SocketConnection(ours, false);
    const payload = textPayload("x".repeat(8 * 1024 * 1024));
    const drains: unknown[] = [];
    const drained = new Promise<void>((resolve) => {
      const onDrain = () => {
        drains.push([connection.queuedBytes, waitingInSystem(ours)]);
        resolve();
      };
      connection.listener = { onDrain, onClose() {} };
    });

    const outcomes = [1, 2, 3].map(() => connection.write(payload));
    const { queuedBytes } = connection;
    client.resume();
    await drained;
    await new Promise((resolve) => setImmediate(resolve));

    expect(outcomes).toEqual(["queued", "queued", "queued"]);
    expect(queuedBytes).toBe(3 * payload.bytes);
    expect(drains).toEqual([[0, 0]]);
  });

  it("reports why the system could not send what waited", async () => {
    const { ours } = await connected();
    const connection = new SocketConnection(ours, false);
    const closed = new Promise((resolve) => {
      connection.listener = { onDrain() {}, onClose: (...facts) => resolve(facts) };
    });

    // EPIPE, as the system numbers it.
    connection.onWritten(-32);

    expect(await closed).toEqual(["client", expect.objectContaining({ code: "SSE_CONNECTION_BROKEN" })]);
    expect(String(((await closed) as unknown[])[1])).toContain("EPIPE");
    expect(connection.write(textPayload("late"))).toBe("closed");
  });

  it("is closed from the start on a socket that is gone", async () => {
    const { ours } = await connected();
    ours.destroy();

    const connection = new SocketConnection(ours, false);

    expect([connection.closed, connection.write(textPayload("late"))]).toEqual([true, "closed"]);
  });
});

describe("readHandle", () => {
  it("returns null for a socket whose _write is wrapped", async () => {
    const { ours } = await connected();

    ours._write = (_bytes, _encoding, done) => done();

    expect(readHandle(ours)).toBeNull();
  });
});
