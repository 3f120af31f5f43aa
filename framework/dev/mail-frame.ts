import type { ReadyMessage } from "../../mail/index.ts";

const narrowPolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/**
 * The HTML of a mail for `<iframe sandbox srcdoc>`: under a policy of its own that loads nothing from elsewhere, links opening apart,
 * inline images in place.
 */
export function frameDocument(message: ReadyMessage): string {
  const html = withInlineImages(message.html ?? "", message);
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? "";
  const head = `<meta http-equiv="Content-Security-Policy" content="${narrowPolicy}"><base target="_blank">`;
  return `${doctype || "<!doctype html>"}${head}${html.slice(doctype.length)}`;
}

/** How many images of the HTML are elsewhere and are therefore not shown. */
export function countRemoteImages(html: string): number {
  return html.match(/<img\b[^>]{0,2000}\bsrc\s*=\s*["']?(?:https?:)?\/\//gi)?.length ?? 0;
}

function withInlineImages(html: string, message: ReadyMessage): string {
  const images = message.attachments.filter(({ cid, contentType }) => cid && contentType.startsWith("image/"));
  return images.reduce(
    (text, image) =>
      text.replaceAll(`cid:${image.cid}`, `data:${image.contentType.split(";")[0]};base64,${image.content}`),
    html,
  );
}
