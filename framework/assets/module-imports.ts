const importPattern =
  /\b(?:import|export)\b\s*(?:[\w$*{},\s]*?\bfrom\s*)?(["'])([^"'\n]+)\1|\bimport\s*\(\s*(["'])([^"'\n]+)\3\s*\)/g;

/** The specifiers that a module imports, statically or dynamically, each once. Comments are left out; strings are not told apart. */
export function moduleImports(source: string): string[] {
  const found = [...withoutComments(source).matchAll(importPattern)].map((match) => match[2] ?? match[4] ?? "");
  return [...new Set(found.filter((specifier) => specifier !== ""))];
}

/** Whether a source has import or export statements; without them it is a plain script or CommonJS, which `import` cannot use. */
export function isModule(source: string): boolean {
  return /(^|[;\n}])\s*(?:import\s*(?:["'{*]|[\w$]+\s*(?:,|from\b))|export\s*(?:[{*]|default\b|const\b|let\b|var\b|class\b|function\b|async\b))/.test(
    withoutComments(source),
  );
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
