const longestName = 60;

/** `Hi Ada,` or just `Hi,`: the first line of a message. */
export function greeting(name: string | undefined): string {
  const shown = shownName(name);
  return shown === undefined ? "Hi," : `Hi ${shown},`;
}

/**
 * The name, unless it is empty or mail programs would turn it into a link. Otherwise anyone could register a stranger's address
 * under a name such as "You won, see evil.example" and have us send it.
 */
export function shownName(name: string | undefined): string | undefined {
  const shown = name?.trim() ?? "";
  const isLinkLike = shown.length > longestName || /[/:@]|\.\S|www/i.test(shown);
  return shown === "" || isLinkLike ? undefined : shown;
}
