import { describe, expect, it } from "vitest";
import { createSigner } from "../../secure/index.ts";
import { cursorIn, formatPageCursor, proveTopics, readProof } from "./page-cursor.ts";

const signer = createSigner(["a secret of the server, long enough"]);
const pageCursor = formatPageCursor("5-7", signer);

describe("a page cursor", () => {
  it("proves exactly the topics that a page was rendered with, in any order", () => {
    const since = proveTopics(pageCursor, ["b", "a", "b"]);

    expect([readProof(since, ["a", "b"], signer), cursorIn(since)]).toEqual([{ epoch: 5, sequence: 7 }, "5-7"]);
    expect([["a"], ["a", "b", "c"], []].map((topics) => readProof(since, topics, signer))).toEqual([null, null, null]);
  });

  it("keeps its key from the page", () => {
    const [, key = "?"] = pageCursor.split(".");

    expect(proveTopics(pageCursor, ["a"])).not.toContain(key);
    expect(proveTopics(pageCursor, [])).toBe("5-7");
    expect(readProof(pageCursor, ["a"], signer)).toBeNull();
  });

  it.each([
    ["of another position", (proof: string) => `5-6.${proof}`],
    ["that is cut short", (proof: string) => `5-7.${proof.slice(0, -1)}`],
    ["that is missing", () => "5-7"],
    ["at no position", (proof: string) => `x.${proof}`],
  ])("accepts no proof %s", (_what, forge) => {
    const [, proof = ""] = proveTopics(pageCursor, ["a"]).split(".");

    expect(readProof(forge(proof), ["a"], signer)).toBeNull();
  });

  it("accepts no proof of another server's secret", () => {
    const other = formatPageCursor("5-7", createSigner(["the secret of another server, long enough"]));

    expect(readProof(proveTopics(other, ["a"]), ["a"], signer)).toBeNull();
  });

  it("works without a key, and proves nothing", () => {
    expect(proveTopics("5-7", ["a"])).toBe("5-7");
    expect(readProof("5-7", ["a"], signer)).toBeNull();
    expect(readProof(undefined, ["a"], signer)).toBeNull();
  });
});
