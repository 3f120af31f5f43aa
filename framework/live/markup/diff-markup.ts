import type { KeyedElement, Markup } from "./keyed-elements.ts";

/** One step from old markup to new: where it goes, how it is put there, and what. */
export interface Step {
  /** The id of an element. */
  readonly target: string;
  readonly swap: "outerMorph" | "innerMorph" | "afterend" | "beforebegin" | "delete";
  readonly html: string;
}

/**
 * The steps that turn the content of an element from old to new: elements with ids are changed, added and removed one by one. If anything
 * else differs, or if they change their order, the element around them is replaced as a whole. Nothing for equal markup.
 */
export function diffMarkup(id: string, from: Markup, to: Markup): readonly Step[] {
  const [old, next] = [from.html, to.html];
  if (old === next) return [];
  const whole: readonly Step[] = [{ target: id, swap: "innerMorph", html: next }];
  const [before, after] = [from.elements, to.elements];
  if (before === null || after === null) return whole;
  const steps: Step[] = [];
  const isDone = compareContent(
    { html: old, open: 0, close: old.length, children: before },
    { html: next, open: 0, close: next.length, children: after },
    steps,
  );
  if (!isDone || sizeOf(steps) >= next.length) return whole;
  // An element that moves from one list to another must be gone from the first before it comes to the second.
  return [...steps.filter(({ swap }) => swap === "delete"), ...steps.filter(({ swap }) => swap !== "delete")];
}

/** What takes bytes besides the markup. */
const stepSize = 70;

function sizeOf(steps: readonly Step[]): number {
  return steps.reduce((total, { html }) => total + html.length + stepSize, 0);
}

interface Content extends Pick<KeyedElement, "open" | "close" | "children"> {
  readonly html: string;
}

/** Adds the steps for what is inside of an element. False if it has to be replaced as a whole. */
function compareContent(old: Content, next: Content, steps: Step[]): boolean {
  const [before, after] = [splitContent(old), splitContent(next)];
  if (before.texts.length !== after.texts.length) return false;
  if (before.texts.some((text, index) => text !== after.texts[index])) return false;
  if (hasMoved(before.lists, after.lists)) return false;
  return before.lists.every((list, index) => compareLists([old, list], [next, after.lists[index] ?? []], steps));
}

/** Whether an element comes to another list in the same parent: a page would take it for an update of the one that is to be removed. */
function hasMoved(before: Split["lists"], after: Split["lists"]): boolean {
  const places = new Map(before.flatMap((list, index) => list.map(({ id, parent }) => [id, { index, parent }])));
  return after.some((list, index) =>
    list.some(({ id }) => {
      const place = places.get(id);
      return place && place.index !== index && place.parent === before[index]?.[0]?.parent;
    }),
  );
}

interface Split {
  /** What is around the lists, one more than there are lists. */
  readonly texts: readonly string[];
  readonly lists: readonly (readonly KeyedElement[])[];
}

/** Elements with nothing but space between them are a list. */
function splitContent({ html, open, close, children }: Content): Split {
  const texts: string[] = [];
  const lists: KeyedElement[][] = [];
  let at = open;
  for (const child of children) {
    const between = html.slice(at, child.start);
    const last = lists.at(-1);
    if (last && between.trim() === "") last.push(child);
    else {
      texts.push(between);
      lists.push([child]);
    }
    at = child.end;
  }
  texts.push(html.slice(at, close));
  return { texts, lists };
}

type ListIn = readonly [Content, readonly KeyedElement[]];

function compareLists([old, before]: ListIn, [next, after]: ListIn, steps: Step[]): boolean {
  const known = new Map(before.map((element) => [element.id, element]));
  const kept = after.filter(({ id }) => known.has(id));
  const keptIds = new Set(kept.map(({ id }) => id));
  const isInOrder = before.filter(({ id }) => keptIds.has(id)).every(({ id }, index) => kept[index]?.id === id);
  if (!isInOrder || kept.length === 0) return false;
  for (const { id } of before) if (!keptIds.has(id)) steps.push({ target: id, swap: "delete", html: "" });
  let added = "";
  let previous: string | undefined;
  for (const [index, element] of after.entries()) {
    const was = known.get(element.id);
    // Between words, space can be seen.
    const space = next.html.slice(after[index - 1]?.end ?? element.start, element.start);
    if (!was) {
      added += space + next.html.slice(element.start, element.end);
      continue;
    }
    // What comes before the first that was there already goes before it, everything else after the one before it.
    if (added !== "")
      steps.push(previous === undefined ? addBefore(element.id, added + space) : addAfter(previous, added));
    added = "";
    previous = element.id;
    // The page would look for it where the one with the other tag was.
    if (tagOf(old.html, was) !== tagOf(next.html, element)) return false;
    compareElements([old, was], [next, element], steps);
  }
  if (added !== "" && previous !== undefined) steps.push(addAfter(previous, added));
  return true;
}

function addBefore(target: string, html: string): Step {
  return { target, swap: "beforebegin", html };
}

function addAfter(target: string, html: string): Step {
  return { target, swap: "afterend", html };
}

function tagOf(html: string, { start, open }: KeyedElement): string | undefined {
  return /^<[^\s/>]+/.exec(html.slice(start, open))?.[0];
}

type ElementIn = readonly [Content, KeyedElement];

/** Elements that differ only within are changed there, if that is shorter. */
function compareElements([old, was]: ElementIn, [next, now]: ElementIn, steps: Step[]): void {
  const html = next.html.slice(now.start, now.end);
  if (old.html.slice(was.start, was.end) === html) return;
  const inner: Step[] = [];
  const isSameTag = old.html.slice(was.start, was.open) === next.html.slice(now.start, now.open);
  const isDone = isSameTag && compareContent({ ...was, html: old.html }, { ...now, html: next.html }, inner);
  if (isDone && sizeOf(inner) < html.length + stepSize) steps.push(...inner);
  else steps.push({ target: now.id, swap: "outerMorph", html });
}
