import { describe, expect, it } from "vitest";
import { Places } from "./places.ts";

const at = (sequence: number) => ({ epoch: 1, sequence });

describe("Places", () => {
  it("forgets the place that was put first when there is one too many, and says which", () => {
    const places = new Places(2);

    const forgotten = ["a", "b", "c"].map((key, index) => places.put(key, at(index)));

    expect(forgotten).toEqual([undefined, undefined, at(0)]);
    expect(["a", "b", "c"].map((key) => places.get(key))).toEqual([undefined, at(1), at(2)]);
  });

  it("keeps a key that was put again, at its new place", () => {
    const places = new Places(2);
    places.put("a", at(1));
    places.put("b", at(2));

    const forgotten = [places.put("a", at(3)), places.put("c", at(4))];

    expect(forgotten).toEqual([undefined, at(2)]);
    expect(["a", "b", "c"].map((key) => places.get(key))).toEqual([at(3), undefined, at(4)]);
  });

  it("has room again for what was deleted", () => {
    const places = new Places(1);
    places.put("a", at(1));

    places.delete("a");

    expect([places.get("a"), places.put("b", at(2))]).toEqual([undefined, undefined]);
  });
});
