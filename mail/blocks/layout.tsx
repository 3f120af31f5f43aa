import { useContext } from "hono/jsx";
import { type Html, raw, type TextDirection } from "../../framework/html/index.ts";
import { MailDirection, startSide } from "./direction.tsx";
import { colors, headCss, styles } from "./styles.ts";

export interface MailLayoutProps {
  readonly subject: string;
  /** The line that mail programs show next to the subject in their list; hidden in the message itself. */
  readonly preheader?: string;
  readonly appName: string;
  readonly appUrl: string;
  readonly lang: string;
  /** Direction of the text. Default: `ltr`. */
  readonly dir?: TextDirection;
  readonly children: Html;
}

/** The frame around a message's HTML: a complete document. */
export type MailLayout = (props: MailLayoutProps) => Html;

const table = { role: "presentation", cellpadding: "0", cellspacing: "0", border: 0 } as const;

/**
 * The built-in frame: one column, 560 px wide, system fonts, light and dark. It uses tables because Outlook for Windows lays
 * out messages with Word. `data-embed` tells style inliners to leave the `<style>` alone.
 */
export function DefaultMailLayout(props: MailLayoutProps): Html {
  const { subject, preheader, appName, appUrl, lang, dir, children } = props;
  return (
    <html lang={lang} dir={dir === "rtl" ? dir : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style data-embed>{raw(headCss)}</style>
      </head>
      <body class="mail" style={styles.body}>
        {preheader ? <div style={styles.preheader}>{preheader}</div> : null}
        <table {...table} class="page" width="100%" bgcolor={colors.page} style={styles.page}>
          <tr>
            <td class="gutter" align="center" style={styles.gutter}>
              <table {...table} width="100%" style={styles.column}>
                <Row name="brand">
                  <a href={appUrl} style={styles.brandLink}>
                    {appName}
                  </a>
                </Row>
                <Row name="sheet" bgcolor={colors.sheet}>
                  {children}
                </Row>
                <Row name="foot">
                  Sent by{" "}
                  <a href={appUrl} style={styles.footLink}>
                    {appName}
                  </a>
                </Row>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  );
}

function Row(props: { name: "brand" | "sheet" | "foot"; bgcolor?: string; children?: Html }): Html {
  const { name, bgcolor, children } = props;
  const side = startSide(useContext(MailDirection));
  return (
    <tr>
      <td class={name} align={side} bgcolor={bgcolor} style={{ ...styles[name], textAlign: side }}>
        {children}
      </td>
    </tr>
  );
}
