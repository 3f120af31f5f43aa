// Everything an app loads in development. `buffkit dev` preloads it before it registers tsx.
import { createLogger } from "../base/index.ts";

await Promise.all([import("../index.ts"), import("../dev/index.ts")]);
// The first logger loads pino.
createLogger({ level: "silent" });
