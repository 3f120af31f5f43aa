/** The properties that the blocks use. All of them work in the mail programs in wide use, or are ignored without harm. */
interface MailStyle {
  readonly backgroundColor?: string;
  readonly border?: string;
  readonly borderRadius?: number;
  readonly color?: string;
  readonly display?: "none" | "inline-block";
  readonly fontFamily?: string;
  readonly fontSize?: number;
  readonly fontWeight?: number;
  readonly lineHeight?: number | string;
  readonly margin?: number | string;
  readonly maxHeight?: number;
  readonly maxWidth?: number;
  readonly opacity?: number;
  readonly overflow?: "hidden";
  readonly padding?: number | string;
  readonly textDecoration?: "none" | "underline";
  readonly WebkitTextSizeAdjust?: "100%";
  readonly wordBreak?: "break-all";
}

/** Light colors. Outlook for Windows also wants backgrounds as `bgcolor`. */
export const colors = {
  page: "#f7f5f0",
  sheet: "#ffffff",
  border: "#ded8cb",
  text: "#24221c",
  quiet: "#5c574b",
  accent: "#0d6656",
  onAccent: "#ffffff",
};

const darkColors: typeof colors & { heading: string } = {
  page: "#171613",
  sheet: "#211f1b",
  border: "#38352d",
  text: "#ece7da",
  heading: "#f6f2e7",
  quiet: "#b3ac9b",
  accent: "#7fd4c1",
  onAccent: "#06231d",
};

/** Written into the elements, because some mail programs drop `<style>`. */
export const styles = {
  body: {
    margin: 0,
    padding: 0,
    backgroundColor: colors.page,
    color: colors.text,
    fontFamily: "-apple-system, BlinkMacSystemFont, Segoe UI, Roboto, Helvetica, Arial, sans-serif",
    fontSize: 16,
    lineHeight: 1.55,
    WebkitTextSizeAdjust: "100%",
  },
  preheader: {
    display: "none",
    maxHeight: 0,
    overflow: "hidden",
    opacity: 0,
    color: "transparent",
    fontSize: 1,
    lineHeight: "1px",
  },
  page: { backgroundColor: colors.page },
  gutter: { padding: "32px 16px" },
  column: { maxWidth: 560, margin: "0 auto" },
  brand: { padding: "0 8px 16px 8px", fontSize: 15, fontWeight: 600 },
  brandLink: { color: colors.text, textDecoration: "none" },
  sheet: {
    padding: 32,
    backgroundColor: colors.sheet,
    border: `1px solid ${colors.border}`,
    borderRadius: 12,
  },
  foot: { padding: "16px 8px 0 8px", fontSize: 13, color: colors.quiet },
  footLink: { color: colors.quiet, textDecoration: "underline" },
  heading: { margin: "0 0 16px 0", fontSize: 22, lineHeight: 1.3, fontWeight: 650, color: colors.text },
  text: { margin: "0 0 16px 0" },
  note: { margin: "24px 0 0 0", fontSize: 14, color: colors.quiet },
  action: { margin: "24px 0" },
  actionCell: { borderRadius: 8, backgroundColor: colors.accent },
  actionLink: {
    display: "inline-block",
    padding: "12px 22px",
    borderRadius: 8,
    backgroundColor: colors.accent,
    color: colors.onAccent,
    fontWeight: 600,
    textDecoration: "none",
  },
  link: { color: colors.accent, wordBreak: "break-all", fontSize: 14 },
  facts: { margin: "0 0 16px 0", fontSize: 14 },
  factName: { fontWeight: 400, color: colors.quiet },
  factValue: { padding: "2px 0" },
} satisfies Record<string, MailStyle>;

/** What only a `<style>` can say: links that a message writes itself, dark mode and small screens. */
export const headCss = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.sheet a { color: ${colors.accent}; }
@media (prefers-color-scheme: dark) {
  .mail, .page { background-color: ${darkColors.page} !important; color: ${darkColors.text} !important; }
  .sheet { background-color: ${darkColors.sheet} !important; border-color: ${darkColors.border} !important; }
  .brand a, .mail-heading { color: ${darkColors.heading} !important; }
  .sheet a, .mail-link { color: ${darkColors.accent} !important; }
  .foot, .foot a, .mail-note, .mail-facts th { color: ${darkColors.quiet} !important; }
  .mail-action td, .mail-action a { background-color: ${darkColors.accent} !important; color: ${darkColors.onAccent} !important; }
}
@media (max-width: 480px) {
  .gutter { padding: 16px 8px !important; }
  .sheet { padding: 24px 20px !important; }
}
`;
