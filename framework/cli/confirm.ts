import { confirmationNeeded } from "./errors.ts";

/** Asks before something that cannot be undone; `isSure` (from `--yes`) answers beforehand. Throws `CLI_CONFIRMATION_NEEDED` without a terminal. */
export async function confirm(action: string, isSure: boolean | undefined): Promise<boolean> {
  if (isSure) return true;
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw confirmationNeeded({ action });
  const { confirm: ask } = await import("@clack/prompts");
  return (await ask({ message: `${action} Go on?`, initialValue: false })) === true;
}
