// Copies htmx and its hx-sse extension from node_modules into public/vendor, so that the app serves them itself.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const target = new URL("public/vendor/", root);

const copies = {
  "htmx.min.js": "node_modules/htmx.org/dist/htmx.min.js",
  "hx-sse.min.js": "node_modules/htmx.org/dist/ext/hx-sse.min.js",
};

// Pages load htmx as a plain script. A module that imports "htmx" must get that copy, not a second one.
const htmxModule = "export default globalThis.htmx;\n";

mkdirSync(target, { recursive: true });
for (const [name, source] of Object.entries(copies)) copyFileSync(new URL(source, root), new URL(name, target));
writeFileSync(new URL("htmx.js", target), htmxModule);
process.stdout.write(`Copied ${Object.keys(copies).join(", ")} to ${fileURLToPath(target)}\n`);
