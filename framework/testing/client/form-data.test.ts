import { describe, expect, it } from "vitest";
import { bodyOf, chooseForm, type FormValues, fillForm } from "./form-data.ts";
import { readForms } from "./page-forms.ts";

const page = new URL("http://localhost:3000/orders?page=2");

function sent(html: string, fields: FormValues = {}, action?: string): string {
  const form = chooseForm(readForms(html, page), { page, fields, action });
  return String(bodyOf(fillForm(form, fields), form.isMultipart));
}

describe("a form that is filled in", () => {
  it("sends what nobody touched, as a browser does", () => {
    const html = `<form method="post">
      <input name="a" value="1 &amp; 2"><input name="b" type="checkbox"><input type="checkbox" name="c" checked>
      <textarea name="d">\n<b>text</b> &lt;3</textarea>
      <select name="e"><option value="x">X<option value="y" selected>Y</select>
      <select name="f"><option>first</option><option>second</option></select>
      <select name="g" multiple><option>none</option></select>
      <input type="radio" name="h" value="1"><input type="radio" name="h" value="2" checked>
      <input name="i" disabled value="no"><input type="file" name="j"><button name="k" value="go">Go</button><button name="l">Other</button>
    </form>`;

    expect(sent(html)).toBe("a=1+%26+2&c=on&d=%3Cb%3Etext%3C%2Fb%3E+%3C3&e=y&f=first&h=2&k=go");
  });

  it("sends boxes that are checked or not, choices and lists", () => {
    const html = `<form><input type="checkbox" name="a" value="yes"><input type="checkbox" name="b" checked>
      <select name="c"><option>x</option><option>y</option></select><input name="d"></form>`;

    expect(sent(html, { a: true, b: false, c: "y", d: ["1", 2] })).toBe("a=yes&c=y&d=1&d=2");
  });

  it("refuses a choice that it doesn't offer", () => {
    const html = '<form><select name="c"><option>x</option></select></form>';

    expect(() => sent(html, { c: "z" })).toThrow(`The field c has no option "z". Its options: "x".`);
  });

  it("includes fields elsewhere that name the form, and ignores what is commented out or in a template", () => {
    const html = `<!-- <form><input name="old"></form> --><template><input name="row"></template>
      <form id="one" action="/here"></form><input name="outside" value="1" form="one">`;

    expect(sent(html)).toBe("outside=1");
  });
});

describe("chooseForm", () => {
  const forms = `<form action="/logout"></form><form action="/orders"><input name="text"></form>
    <form action="/orders/1/delete" method="post"></form><form hx-post="/orders/2/rename"><input name="title"></form>`;

  it("takes the page's own form first", () => {
    expect(chooseForm(readForms(forms, page), { page, fields: {} }).action).toBe("/orders");
  });

  it("takes the form with the fields, or with the action", () => {
    const byFields = chooseForm(readForms(forms, page), { page, fields: { title: "x" } });
    const byAction = chooseForm(readForms(forms, page), { page, fields: {}, action: "/orders/1/delete" });

    expect([byFields.action, byFields.method]).toEqual(["/orders/2/rename", "POST"]);
    expect([byAction.action, byAction.method]).toEqual(["/orders/1/delete", "POST"]);
  });

  it("asks which one, if several have the fields", () => {
    const html = '<form action="/a"><input name="x"></form><form action="/b"><input name="x"></form>';

    expect(() => chooseForm(readForms(html, page), { page, fields: { x: "1" } })).toThrow(
      "/orders?page=2 has 2 forms with the fields x. Its forms: /a (x); /b (x).",
    );
  });
});
