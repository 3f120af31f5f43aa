// Control characters, and what reverses the direction of text, has no width or looks like nothing at all.
const invisible = new RegExp(
  [
    "[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e]",
    "[\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e0fff}]",
  ].join("|"),
  "u",
);

const joiningScripts = [
  ..."Arabic Syriac Nko Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada".split(" "),
  ..."Malayalam Sinhala Tibetan Myanmar Khmer".split(" "),
];

/** Letters and emoji after which a joiner changes what is seen. */
const beforeJoiner = [
  ...joiningScripts.map((script) => `\\p{Script=${script}}`),
  ...["\\p{Extended_Pictographic}", "\\p{Emoji_Modifier}", "\\ufe0f"],
].join("");

// Between other letters, a joiner is a letter that nobody sees.
const strayJoiner = new RegExp(`(?<![${beforeJoiner}])[\\u200c\\u200d]|[\\u200c\\u200d](?!\\S)`, "u");

/** Whether a name consists of what people see: two names that look the same are the same, and none changes the text around it. */
export function isPlainText(text: string): boolean {
  return !invisible.test(text) && !strayJoiner.test(text);
}
