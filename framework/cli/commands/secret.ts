import { randomToken } from "../../base/index.ts";
import { createCommand } from "../terminal/command.ts";
import { print } from "../terminal/print.ts";

/** `buffkit secret`: 384 random bits; signing needs 256. */
export const secretCommand = createCommand({ args: {}, run: () => print(randomToken(48)) });
