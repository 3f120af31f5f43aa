// What people are in the middle of survives updates of the page: input, selections, what they opened, resized or drag. The table in the
// guide to live pages says what is kept. A response to what they did themselves may overwrite their input; a live update never does.

const STREAM = "[hx-sse\\:connect]";
const requests = new WeakMap();
// What the server last put into elements with `contenteditable` that are being edited.
const edited = new WeakMap();
const typed = new WeakSet();
let dragged = null;
let selection = null;
const choices = [];

htmx.registerExtension("bk-keep", {
  htmx_before_request(element, { ctx }) {
    const root = ctx.request.form ?? element;
    const sent = [root, ...root.querySelectorAll("[contenteditable]")].filter((editor) => edited.has(editor));
    ctx.sent = new Map(sent.map((editor) => [editor, editor.innerHTML]));
  },
  htmx_before_swap(_, { ctx, tasks }) {
    for (const { fragment, target } of tasks) {
      if (ctx.sourceEvent?.isTrusted) requests.set(fragment, ctx);
      else if (isPush(ctx) || document.activeElement !== document.body) {
        removeAutofocus(fragment);
        removeAutofocus(target);
      }
      const editor = editorOf(target);
      if (edited.get(editor) === editor?.innerHTML) edited.delete(editor);
    }
  },
  htmx_before_morph_node: (_, { oldNode, newNode }) => !(oldNode instanceof Element) || keep(oldNode, newNode),
  htmx_before_morph_attr: (element, { attrName, newValue }) => !keepsAttribute(element, attrName, newValue),
  htmx_before_settle() {
    for (const choose of choices.splice(0)) choose();
    selectAgain();
  },
  htmx_after_swap() {
    if (!dragged || dragged.isConnected) return;
    // Browsers tell nobody when the drag of a removed element ends.
    dragged = null;
    document.dispatchEvent(new DragEvent("dragend", { bubbles: true }));
  },
});

for (const name of ["focusin", "beforeinput"]) {
  document.addEventListener(name, ({ target }) => {
    const editor = editorOf(target);
    if (editor && !edited.has(editor)) edited.set(editor, editor.innerHTML);
  });
}
document.addEventListener("dragstart", ({ target }) => (dragged = target));
document.addEventListener("dragend", () => (dragged = null));

// The stream, or a page that fetches itself again because of it.
function isPush({ sourceElement }) {
  return sourceElement === document.body || sourceElement?.matches?.(STREAM);
}

function removeAutofocus(root) {
  for (const element of root?.querySelectorAll?.("[autofocus]") ?? []) element.removeAttribute("autofocus");
}

function editorOf(element) {
  let editor;
  for (let part = element; part?.isContentEditable; part = part.parentElement) editor = part;
  return editor;
}

// Whether htmx may morph the element.
function keep(old, next) {
  selection ??= readSelection();
  if (Number(next.dataset?.revision) < Number(old.dataset?.revision)) return false;
  const request = requests.get(next.getRootNode());
  if (edited.has(old)) return !keepEdited(old, next, request);
  if (request) return true;
  if (old.matches("select")) keepChoice(old, next);
  else if (old.matches("input, textarea") && old.type === next.type) keepField(old, next);
  return true;
}

// An editor that was sent is overwritten, but not what was typed since. Another one is overwritten if the server changed it.
function keepEdited(editor, next, request) {
  const [before, text, now] = [edited.get(editor), next.innerHTML, editor.innerHTML];
  const sent = request?.sent?.get(editor);
  const isNews = text !== before && !editor.contains(document.activeElement);
  const isOver = sent === undefined ? request && isNews : sent === now;
  if (now === before || isOver) {
    edited.delete(editor);
    return false;
  }
  edited.set(editor, text);
  for (const { name, value } of next.attributes) if (!name.startsWith("hx-")) editor.setAttribute(name, value);
  return true;
}

function keepField(field, next) {
  typed.delete(field);
  if (field.matches("[type=checkbox], [type=radio]")) {
    // Setting it, even to what it is, keeps the attribute from changing it.
    if (field.defaultChecked !== next.defaultChecked)
      field.checked = isChanged(field) ? field.checked : next.defaultChecked;
  } else if (field.defaultValue === next.defaultValue || field.matches("[type=hidden], [type=file]")) return;
  else if (isChanged(field)) {
    typed.add(field);
    if (field.matches("textarea")) field.defaultValue = next.defaultValue;
  } else if (field === document.activeElement) {
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
    field.value = next.value;
    if (typeof selectionStart === "number") field.setSelectionRange(selectionStart, selectionEnd, selectionDirection);
    field.scrollTop = scrollTop;
  }
}

function keepChoice(list, next) {
  const [mine, theirs] = [isChanged(list) ? chosenIn(list) : null, chosenIn(next)];
  choices.push(() => {
    const options = [...list.options];
    const isThere = list.multiple || options.some(({ value }) => mine?.includes(value));
    const chosen = mine && isThere ? mine : theirs;
    for (const option of options)
      if (option.selected !== chosen.includes(option.value)) option.selected = !option.selected;
  });
}

function chosenIn(list) {
  return [...list.selectedOptions].map(({ value }) => value);
}

// Compared with a copy that was reset, because browsers have defaults that no attribute names.
function isChanged(field) {
  if (field.type === "radio") return radiosOf(field).some((radio) => radio.checked !== radio.defaultChecked);
  const form = document.createElement("form");
  form.append(field.cloneNode(true));
  form.reset();
  return stateOf(form.firstChild) !== stateOf(field);
}

function stateOf(field) {
  if (field.options) return JSON.stringify(chosenIn(field));
  return field.type === "checkbox" ? field.checked : field.value;
}

function radiosOf({ name, form }) {
  const radios = document.querySelectorAll(`input[type=radio][name="${CSS.escape(name)}"]`);
  return [...radios].filter((radio) => radio.form === form);
}

function keepsAttribute(element, name, value) {
  if (name === "open") return element.matches("details, dialog");
  if (element === dragged && (name === "class" || name === "draggable")) return true;
  if (/^(width|height)$/.test(name)) return element.matches("canvas");
  if (name === "value" && value !== null && typed.has(element)) {
    element.setAttribute("value", value);
    return true;
  }
  if (name !== "style" || getComputedStyle(element).resize === "none") return false;
  // Without `setAttribute` where possible, which policies forbid for styles.
  const { style } = element;
  const { width, height } = style;
  if (value !== null) element.setAttribute("style", value);
  else for (const property of [...style]) style.removeProperty(property);
  style.width ||= width;
  style.height ||= height;
  return true;
}

function readSelection() {
  const { isCollapsed, anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  if (isCollapsed && !document.activeElement?.isContentEditable) return false;
  return [anchorNode, anchorOffset, focusNode, focusOffset];
}

function selectAgain() {
  const [anchor, anchorOffset, focus, focusOffset] = selection || [];
  selection = null;
  if (!anchor?.isConnected || !focus?.isConnected) return;
  const now = getSelection();
  const isSame = now.anchorNode === anchor && now.anchorOffset === anchorOffset && now.focusOffset === focusOffset;
  if (isSame && now.focusNode === focus) return;
  const within = (node, offset) => Math.min(offset, node.data?.length ?? node.childNodes.length);
  now.setBaseAndExtent(anchor, within(anchor, anchorOffset), focus, within(focus, focusOffset));
}
