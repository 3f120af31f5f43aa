import { describe, expect, it } from "vitest";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { createComponents } from "./create-components.ts";
import { Dropdown } from "./dropdown.tsx";

function expand(html: string) {
  return createComponents().expand(html);
}

describe("Button", () => {
  it("doesn't submit forms by accident, and passes on attributes", () => {
    expect(String(<Button hx-post="/x">Go</Button>)).toBe(
      '<button hx-post="/x" class="bk-button bk-button-secondary" type="button">Go</button>',
    );
  });

  it("renders the same from a tag", () => {
    expect(expand('<bk-button variant="primary" href="javascript:x" class="wide" hx-get="/a">Go</bk-button>')).toBe(
      '<a hx-get="/a" class="bk-button bk-button-primary wide" href="about:invalid#unsafe">Go</a>',
    );
  });
});

describe("Card", () => {
  it("shows heading, body and footer", () => {
    expect(
      String(
        <Card heading="<A>" footer="f">
          b
        </Card>,
      ),
    ).toBe(
      '<section class="bk-card"><div class="bk-card-header"><h2>&lt;A&gt;</h2></div>' +
        '<div class="bk-card-body">b</div><div class="bk-card-footer">f</div></section>',
    );
  });

  it("uses the tag's slots as header and footer", () => {
    expect(expand('<bk-card id="c" level="3" heading="H">b<bk-slot name="footer"><i>f</i></bk-slot></bk-card>')).toBe(
      '<section id="c" class="bk-card"><div class="bk-card-header"><h3>H</h3></div>' +
        '<div class="bk-card-body">b</div><div class="bk-card-footer"><i>f</i></div></section>',
    );
  });
});

describe("Dropdown", () => {
  it("opens without JavaScript", () => {
    expect(
      String(
        <Dropdown label="Menu" group="nav">
          <a href="/a">A</a>
        </Dropdown>,
      ),
    ).toBe(
      '<details class="bk-dropdown" name="nav"><summary class="bk-dropdown-label">Menu</summary>' +
        '<div class="bk-dropdown-panel"><a href="/a">A</a></div></details>',
    );
  });

  it("uses the tag's attribute or slot as label", () => {
    expect(expand('<bk-dropdown label="M">x</bk-dropdown>')).toContain(
      '<summary class="bk-dropdown-label">M</summary>',
    );
    expect(expand('<bk-dropdown label="M"><bk-slot name="label"><b>N</b></bk-slot></bk-dropdown>')).toContain(
      "<b>N</b></summary>",
    );
  });
});
