import type { ReadyMessage } from "../../../mail/index.ts";

const narrowPolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

export interface MailFrameProps {
  readonly mail: ReadyMessage;
  readonly remoteImages?: number;
}

/** The HTML of a mail in a sandboxed frame, at desktop or phone width, light or dark. */
export function MailFrame({ mail, remoteImages = 0 }: MailFrameProps) {
  return (
    <div class="stage">
      <div class="stage-tools">
        <fieldset class="choice">
          <legend class="visually-hidden">Width</legend>
          <Choice group="width" value="desktop" label="Desktop" isDefault />
          <Choice group="width" value="phone" label="Phone" />
        </fieldset>
        <fieldset class="choice">
          <legend class="visually-hidden">Colors</legend>
          <Choice group="colors" value="light" label="Light" isDefault />
          <Choice group="colors" value="dark" label="Dark" />
        </fieldset>
        {remoteImages > 0 ? <span class="stage-note">{remoteNote(remoteImages)}</span> : null}
      </div>
      <div class="stage-floor">
        <PlainMailFrame mail={mail} />
      </div>
    </div>
  );
}

/** Just the frame. Scripts are off and the frame has no origin; links open in new tabs. */
export function PlainMailFrame({ mail }: { mail: ReadyMessage }) {
  return (
    <iframe
      title={`HTML of "${mail.subject}"`}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerpolicy="no-referrer"
      loading="lazy"
      srcdoc={frameDocument(mail)}
    />
  );
}

function Choice(props: { group: string; value: string; label: string; isDefault?: boolean }) {
  const { group, value, label, isDefault } = props;
  return (
    <label>
      <input type="radio" name={group} value={value} checked={isDefault} data-dev-keep />
      <span>{label}</span>
    </label>
  );
}

function remoteNote(count: number): string {
  return count === 1
    ? "1 remote image is blocked in this preview"
    : `${count} remote images are blocked in this preview`;
}

/**
 * The HTML of a mail for `<iframe sandbox srcdoc>`: a policy of its own blocks remote content, links open in a new tab, and inline
 * images are embedded.
 */
function frameDocument(message: ReadyMessage): string {
  const html = withInlineImages(message.html ?? "", message);
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? "";
  const head = `<meta http-equiv="Content-Security-Policy" content="${narrowPolicy}"><base target="_blank">`;
  return `${doctype || "<!doctype html>"}${head}${html.slice(doctype.length)}`;
}

/** The number of remote images, which are not shown. */
export function countRemoteImages(html: string): number {
  return html.match(/<img\b[^>]{0,2000}\bsrc\s*=\s*["']?(?:https?:)?\/\//gi)?.length ?? 0;
}

const contentAddress = /cid:([\w.@+-]+)/g;

function withInlineImages(html: string, message: ReadyMessage): string {
  const images = message.attachments.filter(({ contentType }) => contentType.startsWith("image/"));
  return html.replace(contentAddress, (whole, cid: string) => {
    const image = images.find((each) => each.cid === cid);
    return image ? `data:${image.contentType.split(";")[0]};base64,${image.content}` : whole;
  });
}
