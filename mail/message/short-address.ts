/** An address as logs, errors and strangers may see it: at most two letters and the domain, `gr…@example.com`. */
export function shortAddress(address: string): string {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, Math.min(2, Math.floor(at / 2)))}…${address.slice(at)}`;
}

const anyAddress = /[^\s<>()[\]"',;:=]+@[^\s<>()[\]"',;:=]+/g;

/** Text from elsewhere, such as a mail server's answer, with the addresses in it shortened. */
export function shortenAddresses(text: string): string {
  return text.replace(anyAddress, shortAddress);
}
