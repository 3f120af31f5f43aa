import { describe, expect, it } from "vitest";
import { PendingBytes } from "./pending-bytes.ts";

describe("PendingBytes", () => {
  it("refuses what one address or all together would hold beyond the bound, which may be reached", () => {
    const pending = new PendingBytes({ maxPerAddress: 10, maxInTotal: 15 });
    const [first, second, other] = [pending.hold("a"), pending.hold("a"), pending.hold("b")];

    expect([first.add(6), second.add(4), second.add(1)]).toEqual([undefined, undefined, "address"]);
    expect([other.add(5), other.add(1)]).toEqual([undefined, "total"]);
  });

  it("holds nothing of what it refused", () => {
    const pending = new PendingBytes({ maxPerAddress: 10, maxInTotal: 100 });
    const [first, second] = [pending.hold("a"), pending.hold("a")];

    expect([first.add(11), second.add(10)]).toEqual(["address", undefined]);
    first.release();
    expect(first.add(1)).toBe("address");
  });

  it("gives back what a request held, once", () => {
    const pending = new PendingBytes({ maxPerAddress: 10, maxInTotal: 10 });
    const [first, second] = [pending.hold("a"), pending.hold("a")];
    first.add(4);
    first.add(2);
    second.add(3);

    first.release();
    first.release();

    expect([second.add(8), second.add(7)]).toEqual(["total", undefined]);
    second.release();
    expect(pending.hold("a").add(10)).toBeUndefined();
  });

  it("counts those without an address in total alone", () => {
    const pending = new PendingBytes({ maxPerAddress: 1, maxInTotal: 10 });
    const unknown = pending.hold(undefined);

    expect([unknown.add(10), pending.hold("a").add(1)]).toEqual([undefined, "total"]);
    unknown.release();
    expect(pending.hold("a").add(1)).toBeUndefined();
  });
});
