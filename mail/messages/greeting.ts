const longestName = 60;

/**
 * `Hello Ada`, or `Hello` alone when there is no name, or one that mail programs would turn into a link: else anybody could
 * register a stranger's address under a name such as "You won, see evil.example" and have us send it.
 */
export function greeting(name: string | undefined, word = "Hello"): string {
  const shown = name?.trim() ?? "";
  const isLinkLike = shown.length > longestName || /[/:@]|\.\S|www/i.test(shown);
  return shown === "" || isLinkLike ? word : `${word} ${shown}`;
}
