import { distance } from "fastest-levenshtein";

/** The candidate that the word begins or misspells, or null when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const completed = word.length > 2 ? candidates.find((candidate) => candidate.startsWith(word)) : undefined;
  if (completed !== undefined) return completed;
  const typed = word.toLowerCase();
  const maxEdits = Math.max(1, Math.floor(word.length / 3));
  const close = candidates
    .map((candidate) => ({ candidate, edits: distance(typed, candidate.toLowerCase()) }))
    // Two swapped letters are two edits, but even in a short word only one mistake.
    .filter(({ candidate, edits }) => edits <= maxEdits || (edits === 2 && hasSameLetters(typed, candidate)))
    .sort((a, b) => a.edits - b.edits);
  return close[0]?.candidate ?? null;
}

function hasSameLetters(word: string, other: string): boolean {
  return [...word].sort().join("") === [...other.toLowerCase()].sort().join("");
}
