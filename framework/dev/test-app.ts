import { Hono } from "hono";
import { createInbox, createInboxSender, createMail, type Inbox } from "../../mail/index.ts";
import { silentLogger } from "../base/index.ts";
import { secureHeaders } from "../secure/index.ts";
import type { DevKit, ErrorPresenter } from "./dev-kit.ts";
import { createDevPart } from "./dev-part.tsx";

export interface TestAppOptions {
  readonly kit?: Partial<DevKit>;
  readonly templateFolders?: readonly string[];
}

/** An app with the development part and its own inbox, for tests. Its timers don't keep the process alive. */
export function createTestApp({ kit = {}, templateFolders = [] }: TestAppOptions = {}) {
  const inbox = createInbox();
  const mail = createMail({
    sender: createInboxSender(inbox, silentLogger),
    log: silentLogger,
    from: "App <app@example.com>",
    appName: "App",
    appUrl: "http://localhost",
  });
  const app = new Hono();
  const lines: string[] = [];
  let present: ErrorPresenter | undefined;
  app.onError((error, c) => (present ? present(error, c) : c.text("plain", 500)));
  app.use(secureHeaders());
  const write = (line: string) => void lines.push(line);
  const part = createDevPart({ watch: [], templateFolders, requestLog: { write, colors: false } });
  const presentErrors = (given: ErrorPresenter) => {
    present = given;
  };
  part.mount(app, { version: "0.0.0", mail, inbox, presentErrors, ...kit });
  return { app, inbox, mail, lines, close: () => part.close() };
}

/** A page visit by a browser. */
export const visit = { headers: { Accept: "text/html" } };

export async function textOf(answer: Response | Promise<Response>): Promise<string> {
  return (await answer).text();
}

export function firstId(inbox: Inbox): string {
  return inbox.list()[0]?.id ?? "";
}
