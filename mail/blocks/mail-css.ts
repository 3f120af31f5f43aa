const font = `-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Helvetica, Arial, sans-serif`;

/** The rules of the built-in layout. Plain ones are inlined, those in `@media` stay in the head. */
export const mailCss = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.mail { margin: 0; padding: 0; background-color: #f7f5f0; color: #24221c; font-family: ${font}; font-size: 16px; line-height: 1.55; -webkit-text-size-adjust: 100%; }
.preheader { display: none; max-height: 0; overflow: hidden; opacity: 0; color: transparent; font-size: 1px; line-height: 1px; }
.page { background-color: #f7f5f0; }
.gutter { padding: 32px 16px; }
.column { max-width: 560px; margin: 0 auto; }
.brand { padding: 0 8px 16px 8px; text-align: left; font-size: 15px; font-weight: 600; }
.brand a { color: #24221c; text-decoration: none; }
.sheet { padding: 32px; text-align: left; background-color: #ffffff; border: 1px solid #ded8cb; border-radius: 12px; }
.sheet a { color: #0d6656; }
.foot { padding: 16px 8px 0 8px; text-align: left; font-size: 13px; color: #5c574b; }
.foot a { color: #5c574b; text-decoration: underline; }
.mail-heading { margin: 0 0 16px 0; font-size: 22px; line-height: 1.3; font-weight: 650; color: #24221c; }
.mail-text { margin: 0 0 16px 0; }
.mail-note { margin: 24px 0 0 0; font-size: 14px; color: #5c574b; }
.mail-action { margin: 24px 0; }
.mail-action td { border-radius: 8px; background-color: #0d6656; }
.mail-action a { display: inline-block; padding: 12px 22px; border-radius: 8px; background-color: #0d6656; color: #ffffff; font-weight: 600; text-decoration: none; }
.mail-link { color: #0d6656; word-break: break-all; font-size: 14px; }
.mail-facts { margin: 0 0 16px 0; font-size: 14px; }
.mail-facts th { padding: 2px 16px 2px 0; text-align: left; font-weight: 400; color: #5c574b; }
.mail-facts td { padding: 2px 0; }
@media (prefers-color-scheme: dark) {
  .mail, .page { background-color: #171613 !important; color: #ece7da !important; }
  .sheet { background-color: #211f1b !important; border-color: #38352d !important; }
  .brand a, .mail-heading { color: #f6f2e7 !important; }
  .sheet a { color: #7fd4c1 !important; }
  .foot, .foot a, .mail-note, .mail-facts th { color: #b3ac9b !important; }
  .mail-link { color: #7fd4c1 !important; }
  .mail-action td, .mail-action a { background-color: #7fd4c1 !important; color: #06231d !important; }
}
@media (max-width: 480px) {
  .gutter { padding: 16px 8px !important; }
  .sheet { padding: 24px 20px !important; }
}
`;
