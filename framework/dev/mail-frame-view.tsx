import type { ReadyMessage } from "../../mail/index.ts";
import { frameDocument } from "./mail-frame.ts";

export interface MailFrameProps {
  readonly mail: ReadyMessage;
  readonly remoteImages?: number;
}

/** The HTML of a mail in a sandboxed frame, at the width of a desktop or a phone, light or dark. */
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
          <legend class="visually-hidden">Colours</legend>
          <Choice group="colours" value="light" label="Light" isDefault />
          <Choice group="colours" value="dark" label="Dark" />
        </fieldset>
        {remoteImages > 0 ? <span class="stage-note">{remoteNote(remoteImages)}</span> : null}
      </div>
      <div class="stage-floor">
        <PlainMailFrame mail={mail} />
      </div>
    </div>
  );
}

/** The frame alone. Scripts stay off and the frame has no origin; links may open new tabs. */
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
  return count === 1 ? "1 remote image is not loaded here" : `${count} remote images are not loaded here`;
}
