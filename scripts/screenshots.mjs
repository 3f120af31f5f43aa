// `npm run screenshots [folder]`: with whatever Chromium there is, or can be had, as for the tests.
import { ensureBrowser } from "./browser.mjs";
import { prepare, run } from "./prepare.mjs";

await prepare();
const browser = await ensureBrowser();
const { code } = await run(process.execPath, ["--import", "tsx", "features/screenshots.ts", ...process.argv.slice(2)], {
  env: { BUFFKIT_BROWSER: browser },
});
process.exit(code);
