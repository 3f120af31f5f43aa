/**
 * Adds a part to the source of the module with `createApp`: an import after the last one, and the name at the end of `parts: […]`.
 * Returns null if there isn't exactly one such list, or if the name is already used; then the developer has to add it.
 */
export function addPart(text: string, { name, from }: { name: string; from: string }): string | null {
  const lists = [...text.matchAll(/\bparts: \[([^\]]*)\]/g)];
  const [list] = lists;
  const imports = [...text.matchAll(/^import .*;$/gm)];
  const last = imports.at(-1);
  if (lists.length !== 1 || !list || !last || new RegExp(`\\b${name}\\b`).test(text)) return null;
  const names = (list[1] ?? "").split(",").map((entry) => entry.trim());
  const known = names.filter((entry) => entry !== "");
  const withPart = text.replace(list[0], `parts: [${[...known, name].join(", ")}]`);
  const end = last.index + last[0].length;
  return `${withPart.slice(0, end)}\nimport { ${name} } from "${from}";${withPart.slice(end)}`;
}
