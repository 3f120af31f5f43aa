import { type ColumnDefinitionNode, DataTypeNode, SqliteQueryCompiler } from "kysely";

/** The name of the constraints below, in SQLite's errors. */
export const fitsConstraint = "buffkit_fits";

/**
 * Kysely's SQLite compiler, except that new columns take only what the same columns take on the other databases: SQLite itself stores any
 * text in a `varchar(20)` and any text in an `integer`. Types that it doesn't know are left alone.
 */
export class FittingSqliteQueryCompiler extends SqliteQueryCompiler {
  protected override visitColumnDefinition(node: ColumnDefinitionNode): void {
    super.visitColumnDefinition(node);
    const pieces = DataTypeNode.is(node.dataType) ? conditionFor(node.dataType.dataType) : undefined;
    if (pieces === undefined) return;
    this.append(` constraint "${fitsConstraint}" check (`);
    pieces.forEach((piece, index) => {
      if (index > 0) this.visitNode(node.column);
      this.append(piece);
    });
    this.append(")");
  }
}

/** The pieces of the check; the name of the column belongs between them. A null passes every check. */
function conditionFor(type: string): readonly string[] | undefined {
  const characters = /^(?:var)?char\((\d+)\)$/.exec(type)?.[1];
  if (characters !== undefined) return ["length(", `) <= ${characters}`];
  if (type === "integer") {
    return ["typeof(", ") in ('integer', 'null') and coalesce(", ", 0) between -2147483648 and 2147483647"];
  }
  if (type === "bigint") return ["typeof(", ") in ('integer', 'null')"];
  if (type === "double precision" || type === "real") return ["typeof(", ") in ('real', 'integer', 'null')"];
  return undefined;
}
