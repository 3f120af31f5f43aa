import { downloadModule } from "../../../assets/index.ts";
import { createCommand } from "../../terminal/command.ts";
import { print, printProgress } from "../../terminal/print.ts";
import { editPins } from "./edit-pins.ts";

/** `buffkit importmap:pin <name> <to>`: a path below public/, a path on this site, or an https address. */
export const importMapPinCommand = createCommand({
  args: {
    name: { type: "positional", description: "The name that `import` statements use" },
    to: {
      type: "positional",
      description: "A file below public/ (js/chart.js), a path (/chart.js) or an https address",
    },
    preload: { type: "boolean", description: "Load it with every page" },
    download: { type: "boolean", description: "Fetch the address once into public/vendor, and serve it from there" },
    scope: { type: "string", valueHint: "path", description: "Let it count only for modules below this path" },
  },
  async run({ name, to, preload, download, scope }) {
    await editPins(async ({ importMap, publicFolder }) => {
      if (download) printProgress(`Downloading ${to} …`);
      const pin = download ? await downloadModule(name, to, { publicFolder }) : { to };
      importMap.pin(name, { ...pin, ...(preload ? { preload } : {}), ...(scope === undefined ? {} : { scope }) });
      print(`Pinned ${name} to ${pin.to}.`);
    });
  },
});
