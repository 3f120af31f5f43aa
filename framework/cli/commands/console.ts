import { start } from "node:repl";
import { openCommandContext } from "../project/command-context.ts";
import { loadApp } from "../project/load-app.ts";
import { createCommand } from "../terminal/command.ts";
import { print } from "../terminal/print.ts";

/** `buffkit console`: a prompt with the app loaded; top-level `await` works. */
export const consoleCommand = createCommand({
  args: {},
  async run() {
    const context = await openCommandContext();
    const { app, kit } = await loadApp(context, { logLevel: "warn", worker: false });
    const isTerminal = process.stdin.isTTY === true;
    const mode = kit.dev ? "development" : "production";
    if (isTerminal) print(`${kit.appName}, ${mode}. Available: app, kit, db. Type .exit to leave.`);
    const prompt = start({ prompt: isTerminal ? `${mode}> ` : "", useGlobal: false });
    Object.assign(prompt.context, { app, kit, db: kit.db });
    await new Promise<void>((resolve) => prompt.once("exit", resolve));
    await kit.close();
  },
});
