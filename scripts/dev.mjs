// `npm run dev` in the repository: prepares a fresh clone, then starts the reference app the way `buffkit dev` starts any app.
import { prepare, root } from "./prepare.mjs";

await prepare();
process.chdir(root);
process.argv.splice(2, 0, "dev");
// In this process, because starting another one takes a tenth of a second. tsx loads the TypeScript of the CLI.
await import("tsx");
await import("../framework/cli/main.ts");
