import { loadVendoring } from "../../../assets/index.ts";
import { createCommand } from "../../terminal/command.ts";
import { print, printProgress } from "../../terminal/print.ts";
import { editPins } from "./edit-pins.ts";

/** `buffkit importmap:pin <name> <to>`: maps an import name to a file in public/, a path on this site or an https URL. */
export const importMapPinCommand = createCommand({
  args: {
    name: { type: "positional", description: "The name used in `import` statements" },
    to: {
      type: "positional",
      description: "A file in public/ (js/chart.js), a path (/chart.js) or an https URL",
    },
    preload: { type: "boolean", description: "Preload it on every page" },
    download: { type: "boolean", description: "Download the URL into public/vendor and serve it from there" },
    scope: { type: "string", valueHint: "path", description: "Apply only to modules under this path" },
  },
  async run({ name, to, preload, download, scope }) {
    await editPins(async ({ importMap, publicFolder }) => {
      if (download) printProgress(`Downloading ${to} …`);
      const pin = download ? await (await loadVendoring()).downloadModule(name, to, { publicFolder }) : { to };
      importMap.pin(name, { ...pin, ...(preload ? { preload } : {}), ...(scope === undefined ? {} : { scope }) });
      print(`Pinned ${name} to ${pin.to}.`);
    });
  },
});
