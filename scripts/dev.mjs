// `npm run dev` in the repository: a fresh clone is made ready, then the reference app starts as `buffkit dev` starts any app.
import { prepare, root } from "./prepare.mjs";

await prepare();
// A shell that is ended does not pass it on: whoever started this is gone when the parent is another one.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.kill(process.pid, "SIGTERM"), 500).unref();
process.chdir(root);
process.argv.splice(2, 0, "dev");
// In this very process, as starting another takes a tenth of a second: tsx makes the command's TypeScript loadable.
await import("tsx");
await import("../framework/cli/main.ts");
