import { addressInvalid } from "../errors.ts";

/** A person's or a system's address. The name may hold any printable character; it is quoted or encoded where needed. */
export interface Address {
  readonly name?: string | undefined;
  readonly address: string;
}

/** `ada@example.com`, `Ada Lovelace <ada@example.com>` or the two parts. One address, never a list in a string. */
export type AddressInput = string | Address;

const longestAddress = 254; // RFC 5321, 4.5.3.1.3: a path has 256 octets, with its angle brackets
const longestLocalPart = 64; // RFC 5321, 4.5.3.1.1
const longestName = 200;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controlCharacter = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const localPart = /^[^\s<>()[\]\\,;:@"]+$/u;
const domainLabel = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u;

/**
 * Reads one address. Refuses (`MAIL_ADDRESS_INVALID`) line breaks and control characters, list separators outside quotes,
 * and anything that is no address; `field` names the place in the message for the error.
 */
export function parseAddress(input: AddressInput, field: string): Address {
  const { name, address } = typeof input === "string" ? split(input, field) : input;
  refuseControls(name ?? "", field);
  refuseControls(address, field);
  checkAddress(address, field);
  if ((name ?? "").length > longestName)
    throw addressInvalid({ field, problem: `has a name over ${longestName} letters` });
  return name ? { name, address } : { address };
}

/** Writes an address as people read it: `Ada <ada@example.com>`. For display and logs, not for a header. */
export function formatAddress(address: Address): string {
  return address.name ? `${address.name} <${address.address}>` : address.address;
}

/** Reads none, one or several addresses. */
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
    throw addressInvalid({ field, problem: "has list separators or several addresses where one is expected" });
  }
  return bare;
}

function refuseControls(text: string, field: string): void {
  if (controlCharacter.test(text)) throw addressInvalid({ field, problem: "holds a line break or control character" });
}

function checkAddress(address: string, field: string): void {
  if (address.length > longestAddress)
    throw addressInvalid({ field, problem: `is longer than ${longestAddress} letters` });
  if (/[,;]/.test(address)) throw addressInvalid({ field, problem: "holds a list separator, one address is expected" });
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  const isSound =
    at > 0 &&
    local.length <= longestLocalPart &&
    localPart.test(local) &&
    domain.split(".").every((label) => label.length <= 63 && domainLabel.test(label));
  if (!isSound) throw addressInvalid({ field, problem: "is not an address such as ada@example.com" });
}
