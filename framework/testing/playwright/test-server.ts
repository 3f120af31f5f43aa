import type { BrowserContext } from "@playwright/test";
import type { User, UserRecord } from "../../auth/index.ts";
import type { NewUser } from "../create-user.ts";
import type { LastMailOptions, TestMail } from "../mailbox.ts";
import type { AppProcess } from "./app-process.ts";

/** The app of one browser test, with its own database. */
export interface TestServer {
  readonly url: string;
  createUser(user: NewUser): Promise<UserRecord>;
  /** Logs a browser in without the login page: `await server.logIn(page.context(), ann)`. */
  logIn(context: BrowserContext, user: User): Promise<void>;
  readonly mailbox: { last(options?: LastMailOptions): Promise<TestMail> };
  /** Moves the app's clock forward. */
  advanceClock(milliseconds: number): Promise<void>;
}

export async function openTestServer(app: AppProcess): Promise<TestServer> {
  const url = await app.call("open");
  return {
    url,
    createUser: (user) => app.call("createUser", user),
    async logIn(context, user) {
      const header = await app.call("logIn", user);
      await context.addCookies(header.split("; ").map((pair) => ({ ...readPair(pair), url })));
    },
    mailbox: { last: (options = {}) => app.call("lastMail", options) },
    advanceClock: (milliseconds) => app.call("advanceClock", milliseconds),
  };
}

function readPair(pair: string): { readonly name: string; readonly value: string } {
  const at = pair.indexOf("=");
  return { name: pair.slice(0, at), value: pair.slice(at + 1) };
}
