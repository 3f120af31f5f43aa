import { describe, expect, it } from "vitest";
import { createSigner } from "./signer.ts";

const signer = createSigner(["new secret", "old secret"]);
const old = createSigner(["old secret"]);

describe("createSigner", () => {
  it("gives back what it signed", () => {
    expect(signer.verify(signer.sign("a.b", "flash"), "flash")).toBe("a.b");
  });

  it("refuses what was signed for another purpose", () => {
    expect(signer.verify(signer.sign("a", "flash"), "csrf")).toBeNull();
  });

  it("refuses a changed value, a cut one and an empty one", () => {
    const signed = signer.sign("a", "flash");

    expect(
      [`b${signed.slice(1)}`, signed.slice(0, -1), "", "a", "."].map((text) => signer.verify(text, "flash")),
    ).toEqual([null, null, null, null, null]);
  });

  it("accepts what an older secret signed, and signs with the newest", () => {
    expect(signer.verify(old.sign("a", "flash"), "flash")).toBe("a");
    expect(old.verify(signer.sign("a", "flash"), "flash")).toBeNull();
  });

  it("gives back what it sealed, by an older secret too", () => {
    expect(signer.unseal(old.seal("grüße 🎉", "flash"), "flash")).toBe("grüße 🎉");
  });

  it("refuses to unseal what was tampered with", () => {
    const bytes = Buffer.from(signer.seal("a", "flash"), "base64url");
    bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);

    expect(signer.unseal(bytes.toString("base64url"), "flash")).toBeNull();
    expect(signer.unseal("x", "flash")).toBeNull();
  });

  it("demands a secret", () => {
    expect(() => createSigner([])).toThrow(expect.objectContaining({ code: "SECURE_MISSING_SECRET" }));
    expect(() => createSigner(["a", ""])).toThrow(expect.objectContaining({ code: "SECURE_MISSING_SECRET" }));
  });
});
