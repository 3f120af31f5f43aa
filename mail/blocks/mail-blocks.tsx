import { useContext } from "hono/jsx";
import type { Html } from "../../framework/html/index.ts";
import { linkInvalid } from "../errors.ts";
import { MailDirection, startSide } from "./direction.tsx";
import { colors, styles } from "./styles.ts";

/** The message in one line. */
export function MailHeading(props: { children?: Html }): Html {
  return (
    <h1 class="mail-heading" style={styles.heading}>
      {props.children}
    </h1>
  );
}

/** A paragraph. */
export function MailText(props: { children?: Html }): Html {
  return (
    <p class="mail-text" style={styles.text}>
      {props.children}
    </p>
  );
}

/** A smaller, quieter paragraph: conditions, or what to do if it wasn't you. */
export function MailNote(props: { children?: Html }): Html {
  return (
    <p class="mail-note" style={styles.note}>
      {props.children}
    </p>
  );
}

/** The button: the one thing to do. `href` must be an absolute http or https address (`MAIL_LINK_INVALID`). */
export function MailAction(props: { href: string; children?: Html }): Html {
  return (
    <table class="mail-action" role="presentation" cellpadding="0" cellspacing="0" border={0} style={styles.action}>
      <tr>
        <td bgcolor={colors.accent} style={styles.actionCell}>
          <a href={webAddress(props.href)} style={styles.actionLink}>
            {props.children}
          </a>
        </td>
      </tr>
    </table>
  );
}

/** A link with its address written out, for mail programs that don't show buttons. */
export function MailLink(props: { href: string }): Html {
  const href = webAddress(props.href);
  return (
    <a class="mail-link" dir="ltr" href={href} style={styles.link}>
      {href}
    </a>
  );
}

/** Names and values, one pair a line. */
export function MailFacts(props: { facts: Readonly<Record<string, string>> }): Html {
  const isRtl = useContext(MailDirection) === "rtl";
  const padding = isRtl ? "2px 0 2px 16px" : "2px 16px 2px 0";
  const side = startSide(isRtl ? "rtl" : "ltr");
  return (
    <table class="mail-facts" cellpadding="0" cellspacing="0" border={0} style={styles.facts}>
      {Object.entries(props.facts).map(([name, value]) => (
        <tr>
          <th scope="row" align={side} style={{ ...styles.factName, padding, textAlign: side }}>
            {name}
          </th>
          <td style={styles.factValue}>{value}</td>
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
