import type { Logger } from "../../framework/base/index.ts";
import { mailClosed } from "../errors.ts";
import type { Sender } from "../senders/sender.ts";
import type { Inbox } from "./inbox.ts";

/** The sender for development: puts each message into the inbox and logs where to see it. Nothing leaves the machine. */
export function createInboxSender(inbox: Inbox, log: Logger): Sender {
  let closed = false;
  return {
    async send(message) {
      if (closed) throw mailClosed();
      await inbox.add(message);
      log.info(
        { mail: message.id, subject: message.subject, see: `/__mail/${message.id}` },
        "mail put into the inbox, not sent",
      );
      return { id: message.id };
    },
    close: () => {
      closed = true;
    },
  };
}
