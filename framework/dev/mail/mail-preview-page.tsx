import { formatAddress, type ReadyMessage } from "../../../mail/index.ts";
import { PlainMailFrame } from "./mail-frame.tsx";

/** All mails on one page, each with HTML and text, for skimming and for tests. */
export function MailPreviewPage({ mails }: { mails: readonly ReadyMessage[] }) {
  return (
    <div class="page" id="mail-preview" data-dev-live="mail">
      <h1>All emails</h1>
      <p class="lead">
        {mails.length === 0 ? "No emails yet. Every email the app sends shows up here right away." : null}
        {mails.length > 0 ? (
          <>
            Newest first. <a href="/__mail">Open the inbox</a> to search, or to see source and links.
          </>
        ) : null}
      </p>
      {mails.map((mail) => (
        <article class="card preview">
          <h2>
            <a href={`/__mail/${mail.id}`}>{mail.subject}</a>
          </h2>
          <p class="preview-to">To {mail.to.map(formatAddress).join(", ")}</p>
          <div class="preview-bodies">
            {mail.html === undefined ? <p class="empty">No HTML</p> : <PlainMailFrame mail={mail} />}
            <pre class="plain" tabindex={0}>
              {mail.text}
            </pre>
          </div>
        </article>
      ))}
    </div>
  );
}
