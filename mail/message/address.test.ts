import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress, parseAddresses } from "./address.ts";

describe("parseAddress", () => {
  it.each([
    ["ada@example.com", { address: "ada@example.com" }],
    [" ada@example.com ", { address: "ada@example.com" }],
    ["Ada Lovelace <ada@example.com>", { name: "Ada Lovelace", address: "ada@example.com" }],
    ['"Lovelace, Ada" <ada@example.com>', { name: "Lovelace, Ada", address: "ada@example.com" }],
    ["app@localhost", { address: "app@localhost" }],
    ["jörg@exämple.de", { address: "jörg@exämple.de" }],
    ["info@उदाहरण.परीक्षा", { address: "info@उदाहरण.परीक्षा" }],
    ["info@ตัวอย่าง.ไทย", { address: "info@ตัวอย่าง.ไทย" }],
    ["info@பரிட்சை.சிங்கப்பூர்", { address: "info@பரிட்சை.சிங்கப்பூர்" }],
    ["info@نامه\u200cای.com", { address: "info@نامه\u200cای.com" }],
    ["info@ශ්\u200dරී.com", { address: "info@ශ්\u200dරී.com" }],
    ["info@l·l.cat", { address: "info@l·l.cat" }],
    ["info@נתב״ג.il", { address: "info@נתב״ג.il" }],
    ["राम@उदाहरण.परीक्षा", { address: "राम@उदाहरण.परीक्षा" }],
    ["ada+tag@sub.example.com", { address: "ada+tag@sub.example.com" }],
  ])("reads %s", (input, expected) => {
    expect(parseAddress(input, "to")).toEqual(expected);
  });

  it.each([
    "a@example.com, b@example.com",
    "a@example.com;b@example.com",
    "A, B <a@example.com>",
    "a@example.com <b@example.com>",
    "ada@example.com\r\nBcc: eve@example.com",
    "Ada\nBcc: eve@example.com <ada@example.com>",
    "ada@example.com\u0000",
    "ada\u2028@example.com",
    "ada",
    "@example.com",
    "ada@",
    "ada@-example.com",
    "ada@example..com",
    "a b@example.com",
    "ada@example.com>",
    "ada@127.1",
    "ada@0x7f.1",
    "ada@１２７.0.0.1",
    "ada@xn--a",
    "ada@a\u200db.com",
    "ada@\u0301a.com",
    "ada@a\u00adb.com",
    `ada@${"परीक्षा".repeat(8)}.com`,
    `${"a".repeat(65)}@example.com`,
    `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(60)}`,
  ])("refuses %j", (input) => {
    expect(() => parseAddress(input, "to")).toThrow(expect.objectContaining({ code: "MAIL_ADDRESS_INVALID" }));
  });

  it("refuses a line break in the name of an address given in parts", () => {
    const input = { name: "Ada\r\nX: y", address: "ada@example.com" };

    expect(() => parseAddress(input, "from")).toThrow(/"from" contains a line break/);
  });

  it("answers at once for 100,000 characters", () => {
    const started = performance.now();

    expect(() => parseAddress(`${"a.".repeat(50_000)}@x`, "to")).toThrow();

    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("keeps the address out of the error", () => {
    expect(() => parseAddress("private.person", "to")).toThrow(expect.not.objectContaining({ message: /private/ }));
  });
});

describe("parseAddresses", () => {
  it("reads one, several or no addresses", () => {
    expect(parseAddresses("a@b.de", "to")).toHaveLength(1);
    expect(parseAddresses(["a@b.de", { address: "c@d.de" }], "to")).toHaveLength(2);
    expect(parseAddresses(undefined, "to")).toEqual([]);
  });
});

describe("formatAddress", () => {
  it("puts the name first", () => {
    expect(formatAddress({ name: "Ada", address: "a@b.de" })).toBe("Ada <a@b.de>");
  });
});
