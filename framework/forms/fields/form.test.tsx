import { describe, expect, it } from "vitest";
import { Field } from "./field.tsx";
import { Form } from "./form.tsx";

describe("Form", () => {
  it("shows problems and old input in its fields, connected to their controls", () => {
    const html = String(
      <Form
        action="/cards"
        id="card"
        problems={{ title: ["Too short."], _form: ["Not today."] }}
        old={{ title: '"x' }}
        csrfToken="t"
      >
        <Field name="title" label="Title" required hint="Any" hx-get="/check" />
      </Form>,
    );

    expect(html).toContain(
      '<form id="card" action="/cards" method="post"><input type="hidden" name="_csrf" value="t"/>',
    );
    expect(html).toContain('role="alert"><p>Not today.</p>');
    expect(html).toContain('<label for="card-title">Title</label>');
    expect(html).toContain('aria-describedby="card-title-problem card-title-hint" aria-invalid="true"');
    expect(html).toContain('value="&quot;x"');
    expect(html).toContain('<p class="bk-problem" id="card-title-problem">Too short.</p>');
  });

  it("leaves the token out of a GET form", () => {
    expect(String(<Form action="/search" method="get" csrfToken="t" />)).not.toContain("_csrf");
  });
});

describe("Field", () => {
  it("never fills in a password", () => {
    expect(String(<Field name="password" label="Password" type="password" value="x" />)).not.toContain('value="x"');
  });

  it("selects the old choice of a select", () => {
    const options = [
      { value: "a", label: "A" },
      { value: "b", label: "B" },
    ];
    const html = String(
      <Form action="/" old={{ kind: "b" }}>
        <Field name="kind" label="Kind" type="select" value="a" options={options} />
      </Form>,
    );

    expect(html).toContain('<option value="a">A</option><option value="b" selected="">B</option>');
  });

  it("keeps a checkbox unchecked that the visitor unchecked", () => {
    const html = String(
      <Form action="/" old={{}}>
        <Field name="done" label="Done" type="checkbox" checked />
      </Form>,
    );

    expect(html).not.toContain("checked");
  });

  it("keeps the first line break of a textarea", () => {
    expect(String(<Field name="note" label="Note" type="textarea" value={"\nx"} />)).toContain(">\n\nx</textarea>");
  });
});
