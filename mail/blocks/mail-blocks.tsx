import type { Html } from "../../framework/html/index.ts";
import { linkInvalid } from "../errors.ts";

/** What the message says, in a line. */
export function MailHeading(props: { children?: Html }): Html {
  return <h1 class="mail-heading">{props.children}</h1>;
}

/** A paragraph. */
export function MailText(props: { children?: Html }): Html {
  return <p class="mail-text">{props.children}</p>;
}

/** A paragraph in a smaller, quieter voice: conditions, what to do if it was not you. */
export function MailNote(props: { children?: Html }): Html {
  return <p class="mail-note">{props.children}</p>;
}

/** The one thing to do. Refuses anything but an absolute http or https address (`MAIL_LINK_INVALID`). */
export function MailAction(props: { href: string; children?: Html }): Html {
  return (
    <table class="mail-action" role="presentation" cellpadding="0" cellspacing="0" border={0}>
      <tr>
        <td>
          <a href={webAddress(props.href)}>{props.children}</a>
        </td>
      </tr>
    </table>
  );
}

/** A link written out, for mail programs that show no buttons. */
export function MailLink(props: { href: string }): Html {
  const href = webAddress(props.href);
  return (
    <a class="mail-link" href={href}>
      {href}
    </a>
  );
}

/** Named facts, one a line. */
export function MailFacts(props: { facts: Readonly<Record<string, string>> }): Html {
  return (
    <table class="mail-facts" cellpadding="0" cellspacing="0" border={0}>
      {Object.entries(props.facts).map(([name, value]) => (
        <tr>
          <th scope="row">{name}</th>
          <td>{value}</td>
        </tr>
      ))}
    </table>
  );
}

function webAddress(href: string): string {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw linkInvalid({ protocol: url?.protocol ?? "none" });
  }
  return href;
}
