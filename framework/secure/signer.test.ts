import { describe, expect, it } from "vitest";
import { createSigner } from "./signer.ts";

const signer = createSigner(["new secret", "old secret"]);
const old = createSigner(["old secret"]);

describe("createSigner", () => {
  it("returns the value that it signed", () => {
    expect(signer.verify(signer.sign("a.b", "flash"), "flash")).toBe("a.b");
  });

  it("refuses a value signed for another purpose", () => {
    expect(signer.verify(signer.sign("a", "flash"), "csrf")).toBeNull();
  });

  it("refuses a changed, truncated or empty value", () => {
    const signed = signer.sign("a", "flash");

    expect(
      [`b${signed.slice(1)}`, signed.slice(0, -1), "", "a", "."].map((text) => signer.verify(text, "flash")),
    ).toEqual([null, null, null, null, null]);
  });

  it("accepts values signed with an older secret, and signs with the newest", () => {
    expect(signer.verify(old.sign("a", "flash"), "flash")).toBe("a");
    expect(old.verify(signer.sign("a", "flash"), "flash")).toBeNull();
  });

  it("returns the value that it sealed, even with an older secret", () => {
    expect(signer.unseal(old.seal("grüße 🎉", "flash"), "flash")).toBe("grüße 🎉");
  });

  it("signs and seals the empty value", () => {
    expect(signer.verify(signer.sign("", "flash"), "flash")).toBe("");
    expect(signer.unseal(signer.seal("", "flash"), "flash")).toBe("");
  });

  it("refuses a value sealed for another purpose", () => {
    expect(signer.unseal(signer.seal("a", "flash"), "csrf")).toBeNull();
  });

  it("seals the same value differently each time", () => {
    expect(signer.seal("a", "flash")).not.toBe(signer.seal("a", "flash"));
  });

  it("recognizes the codes of its own secrets, old and new, and no others", () => {
    const stranger = createSigner(["another secret"]);

    expect(signer.isMac(stranger.mac("a", "flash"), "a", "flash")).toBe(false);
    expect(signer.isMac(old.mac("a", "flash"), "a", "flash")).toBe(true);
    expect(signer.isMac("", "a", "flash")).toBe(false);
  });

  it("refuses to unseal a modified value", () => {
    const bytes = Buffer.from(signer.seal("a", "flash"), "base64url");
    bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);

    expect(signer.unseal(bytes.toString("base64url"), "flash")).toBeNull();
    expect(signer.unseal("x", "flash")).toBeNull();
  });

  it("keeps its formats, which cookies and links of earlier versions have", () => {
    const made = createSigner(["a secret of some length"]);
    const sealed = "dntjJ4hTml4DCB6vHoKXFyeS7ZRQBej3noP-8G6HMIYa";

    expect(made.mac("value", "flash")).toBe("035ayQVmz1bjOWfdmelJoyoEQgAJKhSRak4O_aLYtnE");
    expect(made.sign("value", "flash")).toBe("value.035ayQVmz1bjOWfdmelJoyoEQgAJKhSRak4O_aLYtnE");
    expect(made.unseal(sealed, "flash")).toBe("value");
  });

  it("seals in as many bytes as it must: 12 for the start, 16 for the tag", () => {
    const bytesOf = (value: string) => Buffer.from(signer.seal(value, "flash"), "base64url").length;

    expect([bytesOf(""), bytesOf("abc")]).toEqual([28, 31]);
    expect(signer.unseal(Buffer.alloc(27).toString("base64url"), "flash")).toBeNull();
    expect(signer.unseal(Buffer.alloc(28).toString("base64url"), "flash")).toBeNull();
  });

  it("signs a value with dots, and takes what follows the last one for the code", () => {
    const signed = signer.sign(".a.", "flash");

    expect(signer.verify(signed, "flash")).toBe(".a.");
    expect(signer.verify(`x${signed}`, "flash")).toBeNull();
  });

  it("makes other codes for sealing than for signing, and for each purpose", () => {
    expect(new Set([signer.mac("a", "flash"), signer.mac("a", "seal flash"), old.mac("a", "flash")]).size).toBe(3);
  });

  it("requires a secret", () => {
    expect(() => createSigner([])).toThrow(expect.objectContaining({ code: "SECURE_MISSING_SECRET" }));
    expect(() => createSigner(["a", ""])).toThrow(expect.objectContaining({ code: "SECURE_MISSING_SECRET" }));
  });
});
