import { isIP } from "node:net";
import { domainToASCII, domainToUnicode } from "node:url";
import { addressInvalid } from "../errors.ts";

/** An email address with an optional name. The name may have any printable character; it is quoted or encoded as needed. */
export interface Address {
  readonly name?: string;
  readonly address: string;
}

/** `ada@example.com`, `Ada Lovelace <ada@example.com>`, or the two parts. One address, never a list in a string. */
export type AddressInput = string | Address;

const longestAddress = 254; // RFC 5321, 4.5.3.1.3: a path has 256 octets, with its angle brackets
const longestLocalPart = 64; // RFC 5321, 4.5.3.1.1
const longestName = 200;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controlCharacter = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const localPart = /^[^\s<>()[\]\\,;:@"]+$/u;
const longestLabel = 63; // RFC 1035, 2.3.4
// Besides letters: marks, which are vowels in many scripts, joiners, and the signs that RFC 5892, A.3 to A.7 allows within words.
const domainLabel =
  /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}\u00b7\u0375\u05f3\u05f4\u30fb\p{Join_Control}-]*[\p{L}\p{M}\p{N}\p{Join_Control}])?$/u;

/**
 * Reads one address. Throws `MAIL_ADDRESS_INVALID` for line breaks and control characters, for list separators outside quotes
 * and for anything that isn't an address. `field` is the part of the message that the error names.
 */
export function parseAddress(input: AddressInput, field: string): Address {
  const { name, address } = typeof input === "string" ? split(input, field) : input;
  refuseControls(name ?? "", field);
  refuseControls(address, field);
  checkAddress(address, field);
  if ((name ?? "").length > longestName)
    throw addressInvalid({ field, problem: `has a name longer than ${longestName} characters` });
  return name ? { name, address } : { address };
}

/** Formats an address for people: `Ada <ada@example.com>`. For display and logs, not for a header. */
export function formatAddress(address: Address): string {
  return address.name ? `${address.name} <${address.address}>` : address.address;
}

/** Reads any number of addresses. Empty strings are skipped. */
export function parseAddresses(input: AddressInput | readonly AddressInput[] | undefined, field: string): Address[] {
  if (input === undefined) return [];
  const list = isList(input) ? input : [input];
  return list.filter((entry) => entry !== "").map((entry) => parseAddress(entry, field));
}

function isList(input: AddressInput | readonly AddressInput[]): input is readonly AddressInput[] {
  return Array.isArray(input);
}

function split(input: string, field: string): Address {
  refuseControls(input, field);
  const text = input.trim();
  if (!text.endsWith(">")) return { address: text };
  const open = text.lastIndexOf("<");
  if (open < 0) throw addressInvalid({ field, problem: 'has a ">" without a "<"' });
  return { name: unquote(text.slice(0, open).trim(), field), address: text.slice(open + 1, -1).trim() };
}

function unquote(name: string, field: string): string {
  const isQuoted = name.length >= 2 && name.startsWith('"') && name.endsWith('"');
  const bare = isQuoted ? name.slice(1, -1).replace(/\\(["\\])/g, "$1") : name;
  if (!isQuoted && /[<>,;"@]/.test(bare)) {
    throw addressInvalid({ field, problem: "has a list separator or a second address, but must be one address" });
  }
  return bare;
}

function refuseControls(text: string, field: string): void {
  if (controlCharacter.test(text))
    throw addressInvalid({ field, problem: "contains a line break or control character" });
}

function checkAddress(address: string, field: string): void {
  if (address.length > longestAddress)
    throw addressInvalid({ field, problem: `is longer than ${longestAddress} characters` });
  if (/[,;]/.test(address)) throw addressInvalid({ field, problem: "has a list separator, but must be one address" });
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  const isValid =
    at > 0 &&
    local.length <= longestLocalPart &&
    localPart.test(local) &&
    domain.split(".").every((label) => label.length <= longestLabel && domainLabel.test(label)) &&
    isDomainName(domain);
  if (!isValid) throw addressInvalid({ field, problem: "isn't a valid address such as ada@example.com" });
}

// Numbers such as "0" or "127.1" are IPv4 addresses to whatever resolves them, so mail would go to this machine or its network.
function isDomainName(domain: string): boolean {
  const ascii = domainToASCII(domain);
  const labels = ascii.split(".");
  return (
    ascii !== "" && isIP(ascii) === 0 && labels.every((label) => label.length <= longestLabel && isDecodable(label))
  );
}

/** Node 24 lets labels through that only look encoded, such as `xn--a`. */
function isDecodable(label: string): boolean {
  return !label.startsWith("xn--") || !/^(xn--.*)?$/.test(domainToUnicode(label));
}
