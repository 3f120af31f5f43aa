// `npm run screenshots [folder]`: with the same Chromium as the tests.
import { ensureBrowser } from "./browser.mjs";
import { prepare, run } from "./prepare.mjs";

await prepare();
const browser = await ensureBrowser();
const { code } = await run(process.execPath, ["--import", "tsx", "features/screenshots.ts", ...process.argv.slice(2)], {
  env: { BUFFKIT_BROWSER: browser },
});
process.exit(code);
