import { randomToken } from "../../base/index.ts";
import { createCommand } from "../terminal/command.ts";
import { print } from "../terminal/print.ts";

/** `buffkit secret`: 384 random bits, more than the 256 that signing needs. */
export const secretCommand = createCommand({ args: {}, run: () => print(randomToken(48)) });
