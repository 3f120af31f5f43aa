import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { getMimeType } from "hono/utils/mime";
import { attachmentInvalid } from "../errors.ts";
import type { ReadyAttachment } from "./ready-message.ts";

/** With a `cid` an attachment is an inline image, shown by `<img src="cid:…">`. */
interface AttachmentFacts {
  /** Media type (default: derived from the file name). */
  readonly contentType?: string;
  readonly cid?: string;
}

/** A file sent along with a message: its content, or the path of a local file that is read when the message is prepared. */
export type Attachment =
  | (AttachmentFacts & { readonly filename: string; readonly content: string | Uint8Array })
  | (AttachmentFacts & { readonly filename?: string; readonly path: string });

const mediaType = /^[a-z0-9!#$&^_.+-]{1,64}\/[a-z0-9!#$&^_.+-]{1,64}$/i;
const contentId = /^[a-z0-9._@+-]{1,120}$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const unsafeName = /[\u0000-\u001f\u007f/\\"<>]/;

/** Reads and checks attachments of up to `maxBytes` in total. Throws `MAIL_ATTACHMENT_INVALID`. */
export async function readAttachments(
  attachments: readonly Attachment[],
  maxBytes: number,
): Promise<ReadyAttachment[]> {
  const ready: ReadyAttachment[] = [];
  let total = 0;
  for (const attachment of attachments) {
    const one = await readAttachment(attachment);
    total += one.bytes;
    if (total > maxBytes) {
      throw attachmentInvalid({
        filename: one.filename,
        problem: `exceeds the limit of ${maxBytes} bytes per message`,
      });
    }
    ready.push(one);
  }
  return ready;
}

async function readAttachment(attachment: Attachment): Promise<ReadyAttachment> {
  const filename = attachment.filename ?? ("path" in attachment ? basename(attachment.path) : "");
  if (filename === "" || filename.length > 200 || unsafeName.test(filename)) {
    throw attachmentInvalid({ filename, problem: "needs a plain file name of at most 200 characters" });
  }
  const contentType = attachment.contentType ?? getMimeType(filename) ?? "application/octet-stream";
  if (!mediaType.test(contentType.split(";")[0]?.trim() ?? "") || unsafeName.test(contentType.replaceAll("/", ""))) {
    throw attachmentInvalid({
      filename,
      problem: `needs a media type such as image/png, not ${JSON.stringify(contentType)}`,
    });
  }
  if (attachment.cid !== undefined && !contentId.test(attachment.cid)) {
    throw attachmentInvalid({ filename, problem: "has a cid with characters other than a-z, 0-9 and ._@+-" });
  }
  const content = await readContent(attachment, filename);
  return { filename, contentType, content: content.toString("base64"), bytes: content.length, cid: attachment.cid };
}

async function readContent(attachment: Attachment, filename: string): Promise<Buffer> {
  if ("content" in attachment) return Buffer.from(attachment.content);
  return readFile(attachment.path).catch((cause) => {
    throw attachmentInvalid({ filename, problem: "can't be read", cause });
  });
}
