import { createCommand } from "../command.ts";
import { loadApp, lookingOnly } from "../load-app.ts";
import { print, printJson } from "../print.ts";
import { openSetting } from "../setting.ts";

/** `buffkit importmap:list`: the pins as a browser sees them. */
export const importMapListCommand = createCommand({
  args: { json: { type: "boolean", description: "Print the import map as browsers read it" } },
  async run({ json }) {
    const { kit } = await loadApp(await openSetting(), lookingOnly(false));
    if (json) printJson(kit.importMap.toJSON());
    else print(kit.importMap.print() || "Nothing is pinned.");
    await kit.close();
  },
});
