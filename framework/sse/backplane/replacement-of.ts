/** What the broadcasts that replace each other have in common. Topics hold no control characters, and neither do keys. */
export function replacementOf(key: string, topics: readonly string[] | null): string {
  return `${key}\u0002${topics === null ? "" : `\u0001${topics.join("\u0001")}`}`;
}
