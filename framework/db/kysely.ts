/**
 * What apps use of Kysely, so that they don't install it themselves: two copies of different versions have types that don't fit together.
 */
export {
  type ColumnType,
  type Compilable,
  type CompiledQuery,
  type DeleteResult,
  type Expression,
  type ExpressionBuilder,
  type Generated,
  type GeneratedAlways,
  type Insertable,
  type InsertResult,
  type JSONColumnType,
  type Kysely,
  NoResultError,
  type NotNull,
  type RawBuilder,
  type Selectable,
  type SelectQueryBuilder,
  type Simplify,
  type Sql,
  type SqlBool,
  type Transaction,
  type Updateable,
  type UpdateResult,
} from "kysely";
