import { describe, expect, it } from "vitest";
import { textPayload } from "../event/wire-format.ts";
import { WebConnection } from "./web-connection.ts";

const payloadOf = (bytes: number) => textPayload("x".repeat(bytes));

describe("WebConnection", () => {
  it("counts what waits, and says queued once it is 64 KiB", () => {
    const connection = new WebConnection({});

    const outcomes = [65_535, 1, 1].map((bytes) => [connection.write(payloadOf(bytes)), connection.queuedBytes]);

    expect(outcomes).toEqual([
      ["sent", 65_535],
      ["queued", 65_536],
      ["queued", 65_537],
    ]);
  });

  it("tells once that everything is out, and only if something had to wait", async () => {
    const connection = new WebConnection({});
    const drains: string[] = [];
    connection.listener = { onDrain: () => void drains.push("drained"), onClose() {} };
    const reader = connection.response.body?.getReader();

    connection.write(payloadOf(10));
    await reader?.read();
    const before = drains.length;
    connection.write(payloadOf(70_000));
    await reader?.read();
    connection.write(payloadOf(10));
    await reader?.read();

    expect([before, drains.length]).toEqual([0, 1]);
  });

  it("gives each reader bytes of its own", async () => {
    const payload = payloadOf(3);
    const connection = new WebConnection({});
    connection.write(payload);

    const { value } = (await connection.response.body?.getReader().read()) ?? {};
    value?.fill(0);

    expect(payload.plain.toString()).toBe("xxx");
  });

  it("ends an unread stream with an error when it is cut off, and without one when its client is gone", async () => {
    const [cut, gone] = [new WebConnection({}), new WebConnection({})];
    const reasons: string[] = [];
    for (const connection of [cut, gone]) {
      connection.listener = { onDrain() {}, onClose: (reason) => void reasons.push(reason) };
    }

    cut.destroy();
    gone.abort();

    await expect(cut.response.text()).rejects.toMatchObject({ code: "SSE_STREAM_EVICTED" });
    expect(await gone.response.text()).toBe("");
    expect(reasons).toEqual(["server", "client"]);
  });
});
