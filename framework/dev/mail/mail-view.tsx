import { formatAddress, type ReadyMessage } from "../../../mail/index.ts";
import { formatBytes } from "../../base/index.ts";
import type { Html } from "../../html/index.ts";
import { countRemoteImages, MailFrame } from "./mail-frame.tsx";
import { linksOf } from "./mail-links.ts";

/** The views of a mail. */
export const mailViews = ["html", "text", "links", "attachments", "headers", "source"] as const;
export type MailViewName = (typeof mailViews)[number];

export interface MailViewProps {
  readonly mail: ReadyMessage;
  readonly view: MailViewName;
  /** The path of the mail, without a query. */
  readonly base: string;
  /** The .eml text, for the views that show it. */
  readonly source: string;
  /** Buttons next to the subject. */
  readonly actions?: Html;
  /** The back link on small screens. */
  readonly back: { readonly href: string; readonly label: string };
}

/** One mail: its envelope, its subject and the selected view. */
export function MailView(props: MailViewProps) {
  const { mail, view, back, actions } = props;
  return (
    <article class="mail" aria-labelledby="mail-subject">
      <a class="back" href={back.href}>
        ← {back.label}
      </a>
      <header class="mail-head">
        <h1 id="mail-subject">{mail.subject}</h1>
        {actions}
        <Envelope mail={mail} />
      </header>
      <Tabs {...props} />
      <div class="mail-body">{bodyOf(view, props)}</div>
    </article>
  );
}

function Envelope({ mail }: { mail: ReadyMessage }) {
  const rows = [
    ["From", [mail.from]],
    ["To", mail.to],
    ["Cc", mail.cc],
    ["Bcc", mail.bcc],
    ["Reply to", mail.replyTo],
  ] as const;
  return (
    <dl class="envelope">
      {rows
        .filter(([, addresses]) => addresses.length > 0)
        .map(([label, addresses]) => (
          <div>
            <dt>{label}</dt>
            <dd>{addresses.map(formatAddress).join(", ")}</dd>
          </div>
        ))}
      <div>
        <dt>Sent</dt>
        <dd>
          <time datetime={new Date(mail.at).toISOString()}>{new Date(mail.at).toLocaleString("en-GB")}</time>
        </dd>
      </div>
    </dl>
  );
}

function Tabs({ mail, view, base }: MailViewProps) {
  const counts: Partial<Record<MailViewName, number>> = {
    links: linksOf(mail).length,
    attachments: mail.attachments.length,
  };
  const labels = {
    html: "HTML",
    text: "Text",
    links: "Links",
    attachments: "Files",
    headers: "Headers",
    source: "Source",
  };
  return (
    <nav class="tabs" aria-label="View">
      {mailViews.map((name) => (
        <a href={name === "html" ? base : `${base}?view=${name}`} aria-current={name === view ? "page" : undefined}>
          {labels[name]}
          {counts[name] ? <span class="count">{counts[name]}</span> : null}
        </a>
      ))}
    </nav>
  );
}

function bodyOf(view: MailViewName, props: MailViewProps): Html {
  const { mail, source, base } = props;
  if (view === "text") return <pre class="plain">{mail.text}</pre>;
  if (view === "links") return <Links mail={mail} />;
  if (view === "attachments") return <Files mail={mail} base={base} />;
  if (view === "headers") return <pre class="plain">{source.slice(0, source.indexOf("\n\n"))}</pre>;
  if (view === "source") {
    return (
      <>
        <p class="tool-line">
          <a href={`${base}/source.eml`} download>
            Download .eml
          </a>
          <span>{formatBytes(Buffer.byteLength(source))}</span>
        </p>
        <pre class="plain">{source}</pre>
      </>
    );
  }
  if (mail.html === undefined) return <p class="empty">This email has only text, no HTML.</p>;
  return <MailFrame mail={mail} remoteImages={countRemoteImages(mail.html)} />;
}

function Links({ mail }: { mail: ReadyMessage }) {
  const links = linksOf(mail);
  if (links.length === 0) return <p class="empty">This email has no links.</p>;
  return (
    <ul class="links">
      {links.map(({ href, label }) => (
        <li>
          {label === "" ? null : <strong>{label}</strong>}
          <a href={href} target="_blank" rel="noopener noreferrer">
            {href}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Files({ mail, base }: { mail: ReadyMessage; base: string }) {
  if (mail.attachments.length === 0) return <p class="empty">This email has no attachments.</p>;
  return (
    <ul class="files">
      {mail.attachments.map((file, index) => (
        <li>
          <a href={`${base}/files/${index}`} download={file.filename}>
            {file.filename}
          </a>
          <span>
            {file.contentType} · {formatBytes(file.bytes)}
            {file.cid ? ` · inline as cid:${file.cid}` : ""}
          </span>
        </li>
      ))}
    </ul>
  );
}
