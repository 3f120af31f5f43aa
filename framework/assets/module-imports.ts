import { parse } from "es-module-lexer/js";

/** The specifiers that a module imports, statically or dynamically, each once. Dynamic imports of computed names are left out. */
export function moduleImports(source: string): string[] {
  const [imports] = parse(source);
  const specifiers = imports.flatMap((found) => {
    if (found.type === "import-meta" || found.specifier === undefined) return [];
    return found.type === "dynamic" && found.glob ? [] : [found.specifier];
  });
  return [...new Set(specifiers)];
}

/** Whether a source has import or export statements. Without them it's a plain script or CommonJS, which `import` can't use. */
export function isModule(source: string): boolean {
  try {
    const [, , , hasModuleSyntax] = parse(source);
    return hasModuleSyntax;
  } catch {
    return false;
  }
}
