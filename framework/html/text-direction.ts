/** `ltr` from left to right, `rtl` from right to left. */
export type TextDirection = "ltr" | "rtl";

const fromRightToLeft = new Set(["Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"]);

/** The direction in which a language is written (BCP 47). Unknown ones are written from left to right. */
export function textDirection(lang: string): TextDirection {
  try {
    const { script = "" } = new Intl.Locale(lang).maximize();
    return fromRightToLeft.has(script) ? "rtl" : "ltr";
  } catch {
    return "ltr";
  }
}
