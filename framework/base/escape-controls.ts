// C0 and C1 control characters (U+009B starts an escape sequence on its own), line separators, and what reverses the direction of text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it replaces control characters.
const controlCharacter = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** Text on one line, with control characters, escape sequences and line breaks as visible escapes. */
export function escapeControls(text: string): string {
  return text.replace(controlCharacter, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
