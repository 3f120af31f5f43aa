// `npm run dev` in the repository: a fresh clone is made ready, then the reference app starts as `buffkit dev` starts any app.

import { spawn } from "node:child_process";
import { prepare, root } from "./prepare.mjs";

await prepare();
const child = spawn(process.execPath, ["--import", "tsx", "framework/cli/main.ts", "dev", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
// A shell that is ended does not pass it on: whoever started this is gone when the parent is another one.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 500).unref();
child.on("close", (code) => process.exit(code ?? 0));
