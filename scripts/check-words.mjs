// Checks that what people read is contemporary technical English in American spelling: code, file names, scenarios, docs.
//   node scripts/check-words.mjs [path …]     everything that git tracks, or what lies below the paths
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./prepare.mjs";

/** What nobody says at work, and what to say instead. */
const phrases = [
  [/\bunless (?:given|told otherwise|(?:an)?other is given|one is given)\b/i, "default: …"],
  [
    /(?<!\bthere )(?<!\bthere's )(?<!\bthat )\b(?:is|was|are|were) no (?!longer|more\b|different|better|worse|need\b)\w+/i,
    "isn't a …",
  ],
  [/\banew\b/i, "again"],
  [/\bwho(?:so|m)?ever\b/i, "anyone who, the one who"],
  [/\bshall\b/i, "should, will, must"],
  [/\bheed(?:s|ed|ing)?\b/i, "respect, follow"],
  [/\bmend(?:s|ed|ing)?\b/i, "fix"],
  [/\bin vain\b/i, "without success"],
  [/\ball is well\b/i, "you can ignore this"],
  [/\b(?:younger|elder)\b/i, "newer, older"],
  [
    /\b(?:lest|thereof|thereby|thereupon|whence|whither|hitherto|henceforth|herewith|therein|wherein|naught|nought)\b/i,
    "plain words",
  ],
  [/\bstands? (?:above|below|apart|beside)\b/i, "is above, is separate"],
  [/\bmeanwhile[.,;"`]/i, "in the meantime, by now, since then"],
  [/\b(?:tell-tale|stand-in|healing-pool|put-?row|closers)/i, "the name that the field uses"],
];

const stems =
  "author|serial|normal|token|summar|sanit|recogn|synchron|organ|initial|optim|custom|memo|priorit|util|minim|maxim|categor|capital|final|general|special|standard|stabil|local|visual|emphas|apolog|real|compartmental|random|material|neutral|penal|central|formal|modern|seriali";
const britishSpellings = new RegExp(
  [
    `\\b\\w*(?:${stems})is(?:e[drs]?|ing|ers|able|ations?)\\b`,
    "\\b(?:analys(?:e[drs]?|ing)|catalogues?|centres?|defences?|licences?|offences?|pretences?|grey|programmes?)\\b",
    "\\b(?:behaviou?r|colou?r|favou?r|flavou?r|honou?r|humou?r|labou?r|neighbou?r)(?<=our)\\w*",
    "\\b(?:cancell|labell|levell|modell|signall|travell)(?:ed|ing|er)\\b",
  ].join("|"),
  "i",
);
const conflict = [/^(?:<{7}|>{7})(?: |$)/, "resolve the merge conflict"];
const rules = [conflict, ...phrases, [britishSpellings, "American spelling"]];

/** Texts that are not ours to word, and this list. */
const exempt = [
  /^scripts\/check-words\.mjs$/,
  /^LICENSE$/,
  /package-lock\.json$/,
  /common-passwords\.txt$/,
  /\/vendor\//,
  /\.min\.js$/,
  /open-props\.css$/,
  /^CHANGELOG\.md$/,
  /^migrations\/\d/, // Applied migrations are remembered by their checksum.
];
const isText = (file) =>
  /\.(?:ts|tsx|js|mjs|css|html|json|md|feature|txt|c|yml)$|(?:^|\/)_?(?:env|Dockerfile)/.test(file);

const files = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", ...process.argv.slice(2)],
  {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  },
)
  .split("\n")
  .filter((file) => isText(file) && !exempt.some((pattern) => pattern.test(file)));

const findings = [];
for (const file of files) {
  let text;
  try {
    text = readFileSync(join(root, file), "utf8");
  } catch {
    continue; // Deleted, but still tracked.
  }
  for (const [pattern, instead] of rules) {
    const named = pattern.exec(file);
    if (named) findings.push(`${file}: the file's name: "${named[0]}" (${instead})`);
  }
  text.split("\n").forEach((line, index) => {
    for (const [pattern, instead] of rules) {
      const found = pattern.exec(line);
      if (found) findings.push(`${file}:${index + 1}: "${found[0]}" (${instead})`);
    }
  });
}
for (const finding of findings) process.stdout.write(`${finding}\n`);
process.stdout.write(
  findings.length === 0 ? "The words are plain.\n" : `\n${findings.length} places to say more plainly.\n`,
);
process.exit(findings.length === 0 ? 0 : 1);
