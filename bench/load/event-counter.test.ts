import { describe, expect, it } from "vitest";
import { EventCounter } from "./event-counter.ts";

function count(text: string, pieceBytes: number): { stamps: bigint[]; others: number } {
  const seen = { stamps: [] as bigint[], others: 0 };
  const counter = new EventCounter({
    stamped: (madeAt) => seen.stamps.push(madeAt),
    other: () => {
      seen.others += 1;
    },
  });
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += pieceBytes) counter.take(bytes.subarray(from, from + pieceBytes));
  return seen;
}

describe("EventCounter", () => {
  it("counts a stamped event and reports when it was created", () => {
    expect(count("event: msg\ndata: t=17;<p>x</p>\n\n", 1000)).toEqual({ stamps: [17n], others: 0 });
  });

  it("counts the same no matter how the bytes are split", () => {
    const text = "data: t=1;a\n\nevent: msg\r\ndata: t=22;b\r\n\r\ndata: hello\n\n";

    expect(count(text, 1)).toEqual({ stamps: [1n, 22n], others: 1 });
  });

  it("ignores comments and blocks without data", () => {
    expect(count(": ping\n\nretry: 10\n\nid: 4\n\n", 7)).toEqual({ stamps: [], others: 0 });
  });

  it("is not misled by an attribute that ends like the stamp", () => {
    expect(count('data: <b hx-target="#row">t=9;</b>\n\n', 5)).toEqual({ stamps: [9n], others: 0 });
  });

  it("doesn't count an event before its blank line", () => {
    expect(count("data: t=3;x\n", 4)).toEqual({ stamps: [], others: 0 });
  });
});
