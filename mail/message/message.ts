import type { Html } from "../../framework/html/index.ts";
import type { MailLayout } from "../blocks/layout.tsx";
import type { AddressInput } from "./address.ts";
import type { Attachment } from "./attachment.ts";

/** What is to be said and to whom, as an app writes it. A pure value: nothing is read, rendered or sent yet. */
export interface Message {
  readonly to: AddressInput | readonly AddressInput[];
  readonly subject: string;
  /**
   * JSX, which escapes what it shows, or a string, which is taken as markup: escape what you put into it. Set in the layout,
   * except for a string that is a whole document already.
   */
  readonly html?: string | Html;
  /** The text twin; made from the HTML unless given. */
  readonly text?: string;
  /** The configured sender's address unless given. */
  readonly from?: AddressInput;
  readonly replyTo?: AddressInput | readonly AddressInput[];
  readonly cc?: AddressInput | readonly AddressInput[];
  readonly bcc?: AddressInput | readonly AddressInput[];
  /** Further headers, for example `List-Unsubscribe`. Those which the message itself sets are refused. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly Attachment[];
  /** The line that mail programs show beside the subject. */
  readonly preheader?: string;
  /** Language of the message, BCP 47; "en" unless given. */
  readonly lang?: string;
  /** Another frame around the HTML, or `false` for none. */
  readonly layout?: MailLayout | false;
}
