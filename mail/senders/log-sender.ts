import type { Logger } from "../../framework/base/index.ts";
import { mailClosed } from "../errors.ts";
import type { Sender } from "./sender.ts";

/**
 * A sender that only writes a line to the log: how many recipients, subject and sizes, never the body or an address, which hold links and
 * persons. For an app that shall start without a mail server; it says so once, as a warning, when it is created.
 */
export function createLogSender(log: Logger): Sender {
  let closed = false;
  log.warn({}, "mail is only logged: no message will reach anybody");
  return {
    async send(message) {
      if (closed) throw mailClosed();
      log.info(
        {
          mail: message.id,
          subject: message.subject,
          recipients: message.to.length + message.cc.length + message.bcc.length,
          textBytes: Buffer.byteLength(message.text),
          htmlBytes: Buffer.byteLength(message.html ?? ""),
          attachments: message.attachments.length,
        },
        "mail logged, not sent",
      );
      return { id: message.id };
    },
    close: () => {
      closed = true;
    },
  };
}
