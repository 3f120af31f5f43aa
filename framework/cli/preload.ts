// What an app in development loads in any case; `buffkit dev` has it loaded before tsx is there.
import { createLogger } from "../base/index.ts";

await Promise.all([import("../index.ts"), import("../dev/index.ts")]);
// The first logger loads pino.
createLogger({ level: "silent" });
