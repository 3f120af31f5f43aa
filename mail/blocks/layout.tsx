import { type Html, raw } from "../../framework/html/index.ts";
import { mailCss } from "./mail-css.ts";

export interface MailLayoutProps {
  readonly subject: string;
  /** The line beside the subject in the list of a mail program; hidden in the message itself. */
  readonly preheader?: string | undefined;
  readonly appName: string;
  readonly appUrl: string;
  readonly lang: string;
  readonly children: Html;
}

/** The frame around the HTML of a message: a whole document. Its `<style>` rules are inlined afterwards. */
export type MailLayout = (props: MailLayoutProps) => Html;

/**
 * The built-in frame: one column, 560 px, system fonts, light and dark. Tables, because Outlook for Windows lays out with
 * Word; rules that a program can only take from the head (dark mode) stay there.
 */
export function DefaultMailLayout(props: MailLayoutProps): Html {
  const { subject, preheader, appName, appUrl, lang, children } = props;
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style>{raw(mailCss)}</style>
      </head>
      <body class="mail">
        {preheader ? <div class="preheader">{preheader}</div> : null}
        <table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
          <tr>
            <td class="gutter" align="center">
              <table class="column" role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
                <tr>
                  <td class="brand">
                    <a href={appUrl}>{appName}</a>
                  </td>
                </tr>
                <tr>
                  <td class="sheet">{children}</td>
                </tr>
                <tr>
                  <td class="foot">
                    Sent by <a href={appUrl}>{appName}</a>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  );
}
