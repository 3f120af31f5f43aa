import { describe, expect, it } from "vitest";
import { Dialog, DialogClose, DialogLink } from "./dialog.tsx";

describe("DialogLink", () => {
  it("is a link that htmx shows in the page's dialog", () => {
    expect(String(<DialogLink href="/notes/1/edit">Edit</DialogLink>)).toBe(
      '<a href="/notes/1/edit" hx-get="/notes/1/edit" hx-target="#bk-dialog" hx-swap="innerHTML">Edit</a>',
    );
  });

  it("refuses unsafe addresses in both attributes", () => {
    const unsafe = ["javascript", "alert(1)"].join(":");

    const link = String(<DialogLink href={unsafe}>x</DialogLink>);

    expect(link).not.toContain("javascript:");
  });
});

describe("Dialog", () => {
  it("has a heading and its content", () => {
    expect(String(<Dialog title="A < B">text</Dialog>)).toBe(
      '<section class="bk-dialog"><h1>A &lt; B</h1>text</section>',
    );
  });
});

describe("DialogClose", () => {
  it("closes the dialog, and leads somewhere without one", () => {
    expect(String(<DialogClose href="/notes" />)).toBe(
      '<a class="bk-button bk-button-secondary" href="/notes" data-modal-close="true">Cancel</a>',
    );
  });
});
