import { type Change, changesEverything, changesStructure, everyTable, isOfStructure, type Read } from "./change.ts";

/** Whether a change may be to rows that were read: unless a column proves that it isn't. */
export function touches(read: Read, change: Change): boolean {
  if (read.table === everyTable || change.table === everyTable) return true;
  if (read.table !== change.table) return false;
  const { columns } = read;
  if (columns && change.set && !change.set.some((column) => columns.includes(column))) return false;
  for (const [column, wanted] of Object.entries(read.where)) {
    // A column may be called "constructor".
    const changed = Object.hasOwn(change.only, column) ? change.only[column] : undefined;
    if (changed && !changed.some((value) => wanted.includes(value))) return false;
  }
  return true;
}

const maxPerTable = 50;
const anyRow = JSON.stringify([{}, undefined]);

/** Leaves out what is said twice. Of very many changes to a table, what remains is that it changed. */
export function mergeChanges(changes: readonly Change[]): readonly Change[] {
  if (changes.some(isOfStructure)) return [changesStructure];
  if (changes.length < 2) return changes;
  const byTable = new Map<string, Map<string, Change>>();
  for (const change of changes) {
    const known = byTable.get(change.table) ?? new Map<string, Change>();
    byTable.set(change.table, known);
    known.set(JSON.stringify([change.only, change.set]), change);
  }
  if (byTable.has(everyTable)) return [changesEverything];
  return [...byTable].flatMap(([table, known]) =>
    known.size > maxPerTable || known.has(anyRow) ? [known.get(anyRow) ?? { table, only: {} }] : [...known.values()],
  );
}
