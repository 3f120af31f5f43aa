import {
  createInbox,
  createInboxSender,
  createLogSender,
  createMail,
  createSmtpSender,
  type Inbox,
  type Mail,
  type Sender,
} from "../../../mail/index.ts";
import type { Logger } from "../../base/index.ts";
import { afterCommit } from "../../db/index.ts";
import type { Jobs } from "../../jobs/index.ts";
import type { Signer } from "../../secure/index.ts";
import type { MailDelivery, Settings } from "../settings/resolve-config.ts";

export interface MailServices {
  readonly jobs: Jobs;
  readonly signer: Signer;
}

/** A way to send, and the inbox it fills, if it does. */
interface Delivery {
  readonly sender: Sender;
  readonly inbox: Inbox | undefined;
}

/** The app's mail; in development with the inbox that keeps what production would send. */
export function openMail(
  settings: Pick<Settings, "mail" | "appName" | "appUrl" | "log" | "clock">,
  { jobs, signer }: MailServices,
): { readonly mail: Mail; readonly inbox: Inbox | undefined } {
  const { appName, appUrl, log, clock } = settings;
  const { options, from, delivery } = settings.mail;
  const { sender, inbox } = openDelivery(delivery, log);
  const mail = createMail({
    ...options,
    ...{ sender, from, appName, appUrl, log, clock, jobs, afterCommit },
    sealer: {
      seal: (text) => signer.seal(text, "queued mail"),
      open: (sealed) => signer.unseal(sealed, "queued mail"),
    },
  });
  return { mail, inbox };
}

function openDelivery(delivery: MailDelivery, log: Logger): Delivery {
  switch (delivery.by) {
    case "sender":
      return { sender: delivery.sender, inbox: undefined };
    case "inbox": {
      const inbox = createInbox({ folder: delivery.folder ?? undefined, log });
      return { sender: createInboxSender(inbox, log), inbox };
    }
    case "smtp":
      return { sender: createSmtpSender(delivery.url), inbox: undefined };
    case "log":
      return { sender: createLogSender(log), inbox: undefined };
  }
}
