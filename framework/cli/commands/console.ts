import { start } from "node:repl";
import { createCommand } from "../command.ts";
import { loadApp } from "../load-app.ts";
import { print } from "../print.ts";
import { openSetting } from "../setting.ts";

/** `buffkit console`: a prompt that knows the app; `await` works at the top. */
export const consoleCommand = createCommand({
  args: {},
  async run() {
    const setting = await openSetting();
    const { app, kit } = await loadApp(setting, { logLevel: "warn", worker: false });
    const isTerminal = process.stdin.isTTY === true;
    const mode = kit.dev ? "development" : "production";
    if (isTerminal) print(`${kit.appName}, ${mode}. Here are: app, kit, db. Leave with .exit`);
    const prompt = start({ prompt: isTerminal ? `${mode}> ` : "", useGlobal: false });
    Object.assign(prompt.context, { app, kit, db: kit.db });
    await new Promise<void>((resolve) => prompt.once("exit", resolve));
    await kit.close();
  },
});
