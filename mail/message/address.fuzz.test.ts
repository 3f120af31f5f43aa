import fc from "fast-check";
import PostalMime, { addressParser, type Address as ReadAddress } from "postal-mime";
import { describe, expect, it } from "vitest";
import { KitError } from "../../framework/base/index.ts";
import { sampleMessage } from "../conformance/sample-message.ts";
import { type Address, parseAddress } from "./address.ts";
import { formatEml } from "./eml.ts";

// What an attack on a header is made of: separators, quotes, comments, groups, line breaks, and what looks like more addresses.
const separators = [
  "<",
  ">",
  '"',
  "\\",
  ",",
  ";",
  ":",
  "(a)",
  ")",
  "[",
  "]",
  "@",
  "-",
  ".",
  " ",
  "\t",
  "\r\n",
  "\n",
  "\0",
  "\u2028",
];
const words = ["Ada", "東京", "🚀", "=?utf-8?q?=2C?=", "Bcc:", "example.com", "<eve@evil.example>", "jörg@exämple.de"];
const shred = fc.constantFrom(...separators, ...words);
const hostile = fc.array(shred, { maxLength: 12 }).map((shreds) => shreds.join(""));
const withOpenComments = fc
  .array(fc.oneof(shred, fc.constant("(")), { maxLength: 12 })
  .map((shreds) => shreds.join(""));

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
const notPrintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const printable = fc
  .string({ unit: "grapheme", maxLength: 100 })
  .map((text) => text.replace(notPrintable, "").normalize().slice(0, 200).trim())
  .filter((text) => !/\p{Surrogate}/u.test(text));
const atom = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}$/);
const label = fc.stringMatching(/^[a-z](?:[a-z0-9-]{0,10}[a-z0-9])?$/).filter((text) => !text.startsWith("xn--"));
const mailbox = fc
  .tuple(fc.array(atom, { minLength: 1, maxLength: 3 }), fc.array(label, { minLength: 1, maxLength: 3 }))
  .map(([atoms, labels]) => `${atoms.join(".")}@${labels.join(".")}`);

function accepted(input: string): Address | undefined {
  try {
    return parseAddress(input, "to");
  } catch (error) {
    if (error instanceof KitError && error.code === "MAIL_ADDRESS_INVALID") return undefined;
    throw error;
  }
}

/** The mailboxes that another parser finds, those in groups included. */
function mailboxes(found: readonly ReadAddress[] = []): string[] {
  return found.flatMap((one) => (one.group ? mailboxes(one.group) : [one.address ?? ""])).filter(Boolean);
}

/** The message as the recipient's mail program reads it. */
async function sendTo(to: Address) {
  return PostalMime.parse(await formatEml({ ...sampleMessage, to: [to] }));
}

describe("parseAddress on arbitrary text", () => {
  it("accepts nothing in which another parser finds a second or a different address", () => {
    fc.assert(
      fc.property(hostile, (input) => {
        const address = accepted(input);
        if (address) expect(mailboxes(addressParser(input))).toEqual([expect.stringContaining(address.address)]);
      }),
      { numRuns: 10_000 },
    );
  });

  it("accepts nothing that adds a header or a recipient to the message", async () => {
    const usual = (await sendTo({ address: "ada@example.com" })).headers.map(({ key }) => key);

    await fc.assert(
      fc.asyncProperty(withOpenComments, mailbox, async (name, address) => {
        const to = accepted(`"${name}" <${address}>`) ?? accepted(`${name} <${address}>`);
        if (!to) return;
        const read = await sendTo(to);
        expect(read.headers.map(({ key }) => key)).toEqual(usual);
        expect(mailboxes(read.to)).toEqual([address]);
      }),
      { numRuns: 200 },
    );
  });

  it("reads every quoted name, and the recipient sees it as it was written", async () => {
    await fc.assert(
      fc.asyncProperty(printable, mailbox, async (name, address) => {
        const to = parseAddress(`"${name.replace(/["\\]/g, "\\$&")}" <${address}>`, "to");
        expect(to).toEqual(name === "" ? { address } : { name, address });
        const read = await sendTo(to);
        expect(read.to?.map((one) => one.name)).toEqual([name.replace(/ +/g, " ")]);
      }),
      { numRuns: 200 },
    );
  });
});
