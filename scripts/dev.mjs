// `npm run dev` in the repository: a fresh clone is made ready, then the reference app starts as `buffkit dev` starts any app.
import { prepare, root } from "./prepare.mjs";

await prepare();
process.chdir(root);
process.argv.splice(2, 0, "dev");
// In this very process, as starting another takes a tenth of a second: tsx makes the command's TypeScript loadable.
await import("tsx");
await import("../framework/cli/main.ts");
