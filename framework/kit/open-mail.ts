import { dirname, join } from "node:path";
import {
  createInbox,
  createInboxSender,
  createLogSender,
  createMail,
  createSmtpSender,
  type Inbox,
  type Mail,
  type Sender,
} from "../../mail/index.ts";
import type { Logger } from "../base/index.ts";
import { afterCommit } from "../db/index.ts";
import type { Jobs } from "../jobs/index.ts";
import type { Signer } from "../secure/index.ts";
import type { Config, MailConfig } from "./config.ts";

export interface OpenMailOptions {
  readonly config: Config;
  readonly appName: string;
  readonly appUrl: string;
  readonly log: Logger;
  readonly jobs: Jobs;
  readonly signer: Signer;
}

/** The app's mail; in development with the inbox that keeps what would have been sent. */
export function openMail(options: OpenMailOptions): { readonly mail: Mail; readonly inbox: Inbox | undefined } {
  const { config, appName, appUrl, log, jobs, signer } = options;
  const { sender, inboxFolder = defaultInboxFolder(config), ...settings } = mailConfig(config);
  const inbox =
    config.dev && !sender ? createInbox({ folder: inboxFolder === false ? undefined : inboxFolder, log }) : undefined;
  const mail = createMail({
    ...settings,
    sender: sender ?? (inbox ? createInboxSender(inbox, log) : productionSender(config, log)),
    from: config.mailFrom ?? { name: appName, address: `no-reply@${new URL(appUrl).hostname}` },
    appName,
    appUrl,
    log,
    jobs,
    afterCommit,
    sealer: {
      seal: (text) => signer.seal(text, "queued mail"),
      open: (sealed) => signer.unseal(sealed, "queued mail"),
    },
    clock: config.clock,
  });
  return { mail, inbox };
}

function defaultInboxFolder({ databaseUrl = "" }: Config): string | false {
  if (databaseUrl === "sqlite::memory:") return false;
  return databaseUrl.startsWith("sqlite:")
    ? join(dirname(databaseUrl.slice("sqlite:".length)), "mail")
    : join("data", "mail");
}

function mailConfig(config: Config): MailConfig {
  return config.mail === undefined || config.mail === "log" ? {} : config.mail;
}

/** `checkConfig` has made sure that production has a mail server or decided to do without. */
function productionSender(config: Config, log: Logger): Sender {
  return config.smtpUrl === undefined || config.mail === "log"
    ? createLogSender(log)
    : createSmtpSender(config.smtpUrl);
}
