import { describe, expect, it } from "vitest";
import { formatOnlyStyles, Only, OnlyStyles } from "./only.tsx";
import { renderHtml } from "./render-html.ts";

describe("Only", () => {
  it("hides its markup from everybody, and names those who see it", () => {
    const html = renderHtml(
      <Only for={["ann", null, "b o\"b'"]} roles={["admin", "staff"]}>
        <button type="button">Delete</button>
      </Only>,
    );

    expect(String(html)).toBe(
      `<span hidden="" data-only="user:ann user:b%20o%22b&#39; role:admin role:staff"><button type="button">Delete</button></span>`,
    );
  });

  it("is for nobody if the id is missing", () => {
    expect(String(renderHtml(<Only for={null}>x</Only>))).toBe('<span hidden="" data-only="">x</span>');
  });
});

describe("the styles of a viewer", () => {
  it("show what is for them or for their role, whatever they are called", () => {
    expect(formatOnlyStyles({ user: "ann", role: "admin" })).toBe(
      '[data-only~="user:ann"], [data-only~="role:admin"] { display: contents; }\n',
    );
    expect(formatOnlyStyles({ user: '"] *, [x="' })).toBe(
      '[data-only~="user:%22%5D%20*%2C%20%5Bx%3D%22"] { display: contents; }\n',
    );
  });

  it("show nothing to a visitor", () => {
    expect(formatOnlyStyles({})).toBe("");
    expect(formatOnlyStyles({ user: "", role: "" })).toBe("");
  });

  it("are linked with an id of their own, so that a boosted visit keeps them for the same viewer only", () => {
    const linkFor = (id: string, role?: string) =>
      String(renderHtml(<OnlyStyles viewer={{ id, ...(role === undefined ? {} : { role }) }} />));

    expect(linkFor("ann", "admin")).toMatch(
      /^<link id="bk-only-[0-9a-f]{12}" rel="stylesheet" href="\/only.css\?user=ann&amp;role=admin" hx-preserve="true"\/>$/,
    );
    expect(linkFor("ann", "admin")).toBe(linkFor("ann", "admin"));
    expect(new Set([linkFor("a"), linkFor("a", "b"), linkFor("a-b"), linkFor("b")]).size).toBe(4);
  });
});
