import type { Logger } from "../../framework/base/index.ts";
import { mailClosed } from "../errors.ts";
import type { Sender } from "./sender.ts";

/**
 * A sender for apps without a mail server: it writes the subject, sizes and number of recipients to the log. Bodies and
 * addresses stay out of the log, because they contain login links and personal data. Warns once when created.
 */
export function createLogSender(log: Logger): Sender {
  let closed = false;
  log.warn({}, "mail is only logged: nobody will receive any message");
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
