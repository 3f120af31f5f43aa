import type { Html, TextDirection } from "../../framework/html/index.ts";
import type { MailLayout } from "../blocks/layout.tsx";
import type { AddressInput } from "./address.ts";
import type { Attachment } from "./attachment.ts";

/** A message as an app writes it. It is plain data: nothing has been read, rendered or sent yet. */
export interface Message {
  readonly to: AddressInput | readonly AddressInput[];
  readonly subject: string;
  /**
   * JSX, which escapes its values, or a string of markup, in which you must escape them yourself. It is put into the layout
   * unless it is a complete document.
   */
  readonly html?: string | Html;
  /** The plain-text version (default: made from the HTML). */
  readonly text?: string;
  /** Default: the configured sender. */
  readonly from?: AddressInput;
  readonly replyTo?: AddressInput | readonly AddressInput[];
  readonly cc?: AddressInput | readonly AddressInput[];
  readonly bcc?: AddressInput | readonly AddressInput[];
  /** Additional headers, for example `List-Unsubscribe`. Headers that the message sets itself aren't allowed here. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly Attachment[];
  /** The line that mail programs show next to the subject. */
  readonly preheader?: string;
  /** Language of the message, BCP 47 (default: "en"). */
  readonly lang?: string;
  /** Direction of the text (default: that of the language). */
  readonly dir?: TextDirection;
  /** Replaces the usual layout; `false` for none. */
  readonly layout?: MailLayout | false;
}
