/** The beginning of an address and its domain: the mailbox that reads this may be read by others, and need not learn it all. */
export function shortenedAddress(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, Math.min(2, at))}…${email.slice(at)}`;
}
