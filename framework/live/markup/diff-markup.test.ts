import { describe, expect, it } from "vitest";
import { diffMarkup, type Step } from "./diff-markup.ts";
import { findKeyedElements, Markup } from "./keyed-elements.ts";

const rows = (...names: string[]) => names.map((name) => `<li id="${name[0]}">${name}</li>`).join("");
const list = (...names: string[]) => `<h2>All</h2><ul class="rows">${rows(...names)}</ul><p>that is all</p>`;
const diff = (old: string, next: string) => diffMarkup("r", new Markup(old), new Markup(next));
const whole = (html: string): Step => ({ target: "r", swap: "innerMorph", html });

/** Applies steps as a page does, for markup whose ids are on elements of lists only. */
function apply(html: string, steps: readonly Step[]): string {
  let result = html;
  for (const { target, swap, html: part } of steps) {
    if (target === "r") {
      result = part;
      continue;
    }
    const find = (elements: ReturnType<typeof findKeyedElements>): { start: number; end: number } | undefined => {
      for (const element of elements ?? []) {
        const found = element.id === target ? element : find(element.children);
        if (found) return found;
      }
      return undefined;
    };
    const place = find(findKeyedElements(result));
    if (!place) throw new RangeError(`no element ${target} in ${result}`);
    const [from, to] =
      swap === "afterend"
        ? [place.end, place.end]
        : swap === "beforebegin"
          ? [place.start, place.start]
          : [place.start, place.end];
    result = result.slice(0, from) + part + result.slice(to);
  }
  return result;
}

describe("diffMarkup", () => {
  it("has nothing to do for equal markup", () => {
    expect(diff(list("a", "b"), list("a", "b"))).toEqual([]);
  });

  it("sends one changed row of many", () => {
    expect(diff(list("a", "b", "c"), list("a", "b!", "c"))).toEqual([
      { target: "b", swap: "outerMorph", html: '<li id="b">b!</li>' },
    ]);
  });

  it("adds and removes rows where they belong", () => {
    const names = ["apple", "banana", "cherry", "date", "egg", "fig"].map((name) => name.repeat(40));
    const [a = "", b = "", c = "", d = "", e = "", f = ""] = names;

    const steps = diff(list(b, c, e), list(a, b, d, e, f));

    expect(steps.map(({ target, swap }) => `${swap} ${target}`)).toEqual([
      "delete c",
      "beforebegin b",
      "afterend b",
      "afterend e",
    ]);
    expect(apply(list(b, c, e), steps)).toBe(list(a, b, d, e, f));
  });

  it("replaces everything when rows change their order, or when what is around them changes", () => {
    const moved = list("b", "a");
    const renamed = list("a", "b").replace("All", "Some");

    expect(diff(list("a", "b"), moved)).toEqual([whole(moved)]);
    expect(diff(list("a", "b"), renamed)).toEqual([whole(renamed)]);
    expect(diff(list("a"), list())).toEqual([whole(list())]);
  });

  it("goes into elements with ids that differ only within", () => {
    const page = (count: string, ...names: string[]) =>
      `<section id="s"><h2>${"Heading ".repeat(50)}</h2><p id="count">${count}</p><ul>${rows(...names)}</ul></section>`;
    const long = "b".repeat(300);

    expect(diff(page("2", "a", long), page("3", "a", `${long}!`, "c"))).toEqual([
      { target: "count", swap: "outerMorph", html: '<p id="count">3</p>' },
      { target: "b", swap: "outerMorph", html: `<li id="b">${long}!</li>` },
      { target: "b", swap: "afterend", html: '<li id="c">c</li>' },
    ]);
  });

  it("takes an element that changes its list out before it puts it in", () => {
    const page = (one: string[], other: string[]) => `<ul>${rows(...one)}</ul><hr/><ul>${rows(...other)}</ul>`;
    const [a, b, c] = ["a", "b", "c"].map((name) => name.repeat(300));

    const steps = diff(page([`${a}`], [`${b}`, `${c}`]), page([`${a}`, `${c}`], [`${b}`]));

    expect(steps.map(({ target, swap }) => `${swap} ${target}`)).toEqual(["delete c", "afterend a"]);
  });

  it("keeps the space between words", () => {
    const words = (...names: string[]) => `<p>${names.map((name) => `<b id="${name[0]}">${name}</b>`).join(" ")}</p>`;
    const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => name.repeat(100));

    const steps = diff(words(`${b}`, `${d}`), words(`${a}`, `${b}`, `${c}`, `${d}`));

    expect(steps.map(({ target, swap }) => `${swap} ${target}`)).toEqual(["beforebegin b", "afterend b"]);
    expect(apply(words(`${b}`, `${d}`), steps)).toBe(words(`${a}`, `${b}`, `${c}`, `${d}`));
  });

  it("replaces everything when a row moves past something without an id, or becomes another kind of element", () => {
    const long = (name: string) => name.repeat(100);
    const halves = (one: string[], other: string[]) => `<ul>${rows(...one)}<li>and</li>${rows(...other)}</ul>`;
    const moved = halves([long("a")], [long("b"), long("c")]);
    const tags = (...tags: string[]) =>
      tags.map((tag, index) => `<${tag} id="e${index}">${long("x")}</${tag}>`).join("");

    expect(diff(halves([long("a"), long("b")], [long("c")]), moved)).toEqual([whole(moved)]);
    expect(diff(tags("p", "p"), tags("p", "del", "p"))).toEqual([whole(tags("p", "del", "p"))]);
  });

  it("doesn't guess where markup is unclear", () => {
    for (const unclear of ['<p id="a">1<p id="b">2', '<li id="a">1</li><li id="a">2</li>', '<b id="a">1</i>']) {
      expect(diff('<i id="a">1</i>', unclear)).toEqual([whole(unclear)]);
    }
    const field = (text: string) => `<i id="a">1</i><textarea id="t"><b id="x">${text}</textarea><!-- <i id="y"> -->`;
    expect(diff(field("1"), field("2"))).toEqual([whole(field("2"))]);
  });

  it("ends at the new markup from any old one", () => {
    let seed = 1;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 2000; round += 1) {
      const some = () =>
        [..."abcdefgh"].filter(() => random(2) === 0).map((name) => name + "x".repeat(random(3) * 100));
      const shuffled = (names: string[]) => (random(5) === 0 ? names.reverse() : names);
      const [old, next] = [list(...some()), list(...shuffled(some()))];

      expect(apply(old, diff(old, next))).toBe(next);
    }
  });
});
