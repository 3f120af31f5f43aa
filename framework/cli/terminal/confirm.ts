import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { confirmationNeeded } from "../errors.ts";

/** Asks before an action that can't be undone; `isSure` (from `--yes`) skips the question. Throws `CLI_CONFIRMATION_NEEDED` without a terminal. */
export async function confirm(action: string, isSure: boolean | undefined): Promise<boolean> {
  if (isSure) return true;
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw confirmationNeeded({ action });
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C and Ctrl-D close the prompt, and its question is then never answered (Node 20) or rejects (Node 24).
  const closed = once(prompt, "close").then(() => "");
  const answer = await Promise.race([prompt.question(`${action} Continue? [y/N] `).catch(() => ""), closed]);
  prompt.close();
  return /^y(?:es)?$/i.test(answer.trim());
}
