/** A field or button of a form, as it is in the page. */
export interface PageControl {
  readonly name: string;
  /** `checkbox`, `file`, `select`, `textarea`, `submit` … */
  readonly type: string;
  readonly value: string;
  /** Whether a browser would send it if nobody touched the form. */
  readonly isSent: boolean;
}

/** A form of a page. */
export interface PageForm {
  /** Path and query of where it is sent. */
  readonly action: string;
  /** In upper case. */
  readonly method: string;
  readonly isMultipart: boolean;
  readonly controls: readonly PageControl[];
}

interface OpenForm extends PageForm {
  readonly id: string | undefined;
  readonly controls: PageControl[];
}

type Attributes = ReadonlyMap<string, string>;

const ignored = /<!--.*?-->|<(script|style|template)\b.*?<\/\1\s*>/gis;
const markup = /<(\/?)(form|input|textarea|select|option|button)\b((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** The forms of a page, in order, with the fields inside them and those that name them by `form="id"`. */
export function readForms(html: string, page: URL): readonly PageForm[] {
  return new FormReader(page).read(html.replace(ignored, ""));
}

/** Reads one page, tag by tag. */
class FormReader {
  readonly #page: URL;
  readonly #forms: OpenForm[] = [];
  readonly #elsewhere: { readonly form: string; readonly control: PageControl }[] = [];
  #open: OpenForm | undefined;
  #select: Attributes | undefined;
  #isOptionChosen = false;

  constructor(page: URL) {
    this.#page = page;
  }

  read(html: string): readonly PageForm[] {
    for (const found of html.matchAll(markup)) {
      const [whole, slash, name = "", text = ""] = found;
      const rest = html.slice(found.index + whole.length);
      if (slash) this.#end(name.toLowerCase());
      else this.#start(name.toLowerCase(), readAttributes(text), rest);
    }
    for (const { form, control } of this.#elsewhere) this.#forms.find(({ id }) => id === form)?.controls.push(control);
    return this.#forms;
  }

  #start(name: string, attributes: Attributes, rest: string): void {
    if (name === "form") this.#open = this.#addForm(attributes);
    if (name === "input") this.#addInput(attributes);
    if (name === "button") this.#addButton(attributes.get("type") ?? "submit", attributes);
    if (name === "textarea") {
      // A line break right after the tag isn't part of the value (HTML standard, 13.2.6.4.7).
      const value = resolve(/^\r?\n?(.*?)<\/textarea/is.exec(rest)?.[1] ?? "");
      this.#add({ type: "textarea", value, isSent: true }, attributes);
    }
    if (name === "select") {
      this.#select = attributes;
      this.#isOptionChosen = attributes.has("multiple");
    }
    if (name === "option" && this.#select) this.#addOption(attributes, rest);
  }

  #end(name: string): void {
    if (name === "form") this.#open = undefined;
    if (name === "select") this.#select = undefined;
  }

  #addForm(attributes: Attributes): OpenForm {
    const htmx = ["post", "put", "patch", "delete"].find((method) => attributes.has(`hx-${method}`));
    const target = new URL(attributes.get("action") ?? attributes.get(`hx-${htmx}`) ?? this.#page.href, this.#page);
    const form = {
      id: attributes.get("id"),
      action: target.pathname + target.search,
      method: (attributes.get("method") ?? htmx ?? "get").toUpperCase(),
      isMultipart: /multipart/i.test(attributes.get("enctype") ?? attributes.get("hx-encoding") ?? ""),
      controls: [],
    };
    this.#forms.push(form);
    return form;
  }

  #addInput(attributes: Attributes): void {
    const type = attributes.get("type")?.toLowerCase() ?? "text";
    if (type === "submit") {
      this.#addButton(type, attributes);
      return;
    }
    const isBox = type === "checkbox" || type === "radio";
    const isSent = isBox ? attributes.has("checked") : !["file", "button", "reset", "image"].includes(type);
    this.#add({ type, value: attributes.get("value") ?? (isBox ? "on" : ""), isSent }, attributes);
  }

  /** Pressing Enter sends the first button. */
  #addButton(type: string, attributes: Attributes): void {
    if (type !== "submit") return;
    const isFirst = !this.#open?.controls.some((control) => control.type === "submit");
    this.#add({ type, value: attributes.get("value") ?? "", isSent: isFirst }, attributes);
  }

  /** Without a selected option, a browser sends the first. */
  #addOption(attributes: Attributes, rest: string): void {
    const text = /^(.*?)(?:<|$)/s.exec(rest)?.[1] ?? "";
    const value = attributes.get("value") ?? resolve(text.trim());
    const isSelected = attributes.has("selected");
    const controls = this.#open?.controls ?? [];
    const name = this.#select?.get("name");
    if (isSelected && !this.#select?.has("multiple")) {
      for (const [index, control] of controls.entries())
        if (control.type === "select" && control.name === name) controls[index] = { ...control, isSent: false };
    }
    this.#add({ type: "select", value, isSent: isSelected || !this.#isOptionChosen }, this.#select ?? new Map());
    this.#isOptionChosen = true;
  }

  #add(control: Omit<PageControl, "name">, attributes: Attributes): void {
    const name = attributes.get("name") ?? "";
    const form = attributes.get("form");
    if (attributes.has("disabled") || (name === "" && control.type !== "submit")) return;
    if (form === undefined) this.#open?.controls.push({ ...control, name });
    else this.#elsewhere.push({ form, control: { ...control, name } });
  }
}

function readAttributes(text: string): Attributes {
  const found = [...text.matchAll(attribute)].map(([, name = "", double, single, bare]): [string, string] => [
    name.toLowerCase(),
    resolve(double ?? single ?? bare ?? ""),
  ]);
  return new Map(found.reverse());
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** The character references that the framework writes, and numeric ones. */
function resolve(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi, (_whole, decimal, hex, name) =>
    name
      ? (named[name.toLowerCase()] ?? "")
      : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  );
}
