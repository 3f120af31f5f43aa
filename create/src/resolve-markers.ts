import type { Choices, PartId } from "./part-choices.ts";

// A marker on a line of its own is removed with its line.
const marker = /^[ \t]*<<(if [^>]+|else|end)>>[ \t]*\n|<<(if [^>]+|else|end)>>/gm;

/** Whether the choices match a condition such as `login & !board`. No condition always matches. */
export function matchesParts(condition: string | undefined, choices: Choices): boolean {
  if (condition === undefined) return true;
  return condition.split("&").every((term) => {
    const name = term.trim();
    return name.startsWith("!") ? !choices[partId(name.slice(1), choices)] : choices[partId(name, choices)];
  });
}

/** Resolves `<<if …>>`, `<<else>>` and `<<end>>`: keeps the text for the chosen parts and removes the rest. */
export function resolveMarkers(text: string, choices: Choices): string {
  const open: { readonly isKept: boolean; readonly around: boolean }[] = [];
  let isKept = true;
  let at = 0;
  let result = "";
  for (const match of text.matchAll(marker)) {
    if (isKept) result += text.slice(at, match.index);
    at = match.index + match[0].length;
    const word = match[1] ?? match[2] ?? "";
    if (word.startsWith("if ")) {
      const isTrue = matchesParts(word.slice(3), choices);
      open.push({ isKept: isTrue, around: isKept });
      isKept = isKept && isTrue;
      continue;
    }
    const block = open.at(-1);
    if (!block) throw new RangeError(`<<${word}>> without <<if …>>`);
    if (word === "else") isKept = block.around && !block.isKept;
    else isKept = open.pop()?.around ?? true;
  }
  if (open.length > 0) throw new RangeError("<<if …>> without <<end>>");
  return isKept ? result + text.slice(at) : result;
}

function partId(name: string, choices: Choices): PartId {
  if (Object.hasOwn(choices, name)) return name as PartId; // checked above
  throw new RangeError(`there is no part called ${name}`);
}
