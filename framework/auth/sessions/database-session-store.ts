import { type CompiledQuery, type Selectable, sql } from "kysely";
import type { Database, SessionTable, UserTable } from "../../db/index.ts";
import { toUserRecord } from "../users/database-user-store.ts";
import type { Session, SessionChanges, SessionStore } from "./session.ts";

export interface DatabaseSessionStoreOptions {
  readonly db: Database;
  /** Reads the user in the same query as the session. Set to false if users live elsewhere; default: true. */
  readonly joinsUsers?: boolean;
}

type JoinedRow = Selectable<UserTable> & {
  readonly [Column in keyof SessionTable as `s_${Column}`]: Selectable<SessionTable>[Column];
};

/** Stores sessions in the table `sessions`. The two queries of every request are compiled once, which halves their cost. */
export function createDatabaseSessionStore(options: DatabaseSessionStoreOptions): SessionStore {
  const { db } = options;
  const byId = db.selectFrom("sessions").selectAll().where("id", "=", "").compile();
  const joined = compileJoin(db);
  const store: SessionStore = {
    async insert(session) {
      await db.insertInto("sessions").values(toRow(session)).execute();
    },
    async find(id) {
      const { rows } = await db.executeQuery(withId(byId, id));
      return rows[0] ? toSession(rows[0]) : null;
    },
    async update(id, changes) {
      const result = await db.updateTable("sessions").set(toChanges(changes)).where("id", "=", id).executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async list(userId) {
      const query = db.selectFrom("sessions").selectAll().where("user_id", "=", userId);
      return (await query.orderBy("last_seen_at", "desc").execute()).map(toSession);
    },
    async delete(id) {
      const result = await db.deleteFrom("sessions").where("id", "=", id).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    async deleteExpired(now) {
      const result = await db.deleteFrom("sessions").where("expires_at", "<=", now).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
  if (options.joinsUsers === false) return store;
  return {
    ...store,
    async findWithUser(id) {
      const { rows } = await db.executeQuery(withId(joined, id));
      return rows[0] ? { session: toSession(unprefix(rows[0])), user: toUserRecord(rows[0]) } : null;
    },
  };
}

function compileJoin(db: Database): CompiledQuery<JoinedRow> {
  return db
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .selectAll("users")
    .select([
      "sessions.id as s_id",
      "sessions.user_id as s_user_id",
      "sessions.expires_at as s_expires_at",
      "sessions.created_at as s_created_at",
      "sessions.last_seen_at as s_last_seen_at",
      "sessions.absolute_expires_at as s_absolute_expires_at",
      "sessions.remember as s_remember",
      "sessions.sudo_until as s_sudo_until",
      "sessions.ip as s_ip",
      "sessions.user_agent as s_user_agent",
    ])
    .where("sessions.id", "=", "")
    .compile();
}

function withId<Row>(query: CompiledQuery<Row>, id: string): CompiledQuery<Row> {
  return { ...query, parameters: [id] };
}

function unprefix(row: JoinedRow): Selectable<SessionTable> {
  return {
    id: row.s_id,
    user_id: row.s_user_id,
    expires_at: row.s_expires_at,
    created_at: row.s_created_at,
    last_seen_at: row.s_last_seen_at,
    absolute_expires_at: row.s_absolute_expires_at,
    remember: row.s_remember,
    sudo_until: row.s_sudo_until,
    ip: row.s_ip,
    user_agent: row.s_user_agent,
  };
}

function toSession(row: Selectable<SessionTable>): Session {
  return {
    id: row.id,
    userId: row.user_id,
    createdAt: Number(row.created_at),
    lastSeenAt: Number(row.last_seen_at),
    expiresAt: Number(row.expires_at),
    absoluteExpiresAt: Number(row.absolute_expires_at),
    isRemembered: Number(row.remember) === 1,
    sudoUntil: row.sudo_until === null ? null : Number(row.sudo_until),
    address: row.ip,
    userAgent: row.user_agent,
  };
}

function toRow(session: Session) {
  return {
    id: session.id,
    user_id: session.userId,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
    expires_at: session.expiresAt,
    absolute_expires_at: session.absoluteExpiresAt,
    remember: session.isRemembered ? 1 : 0,
    sudo_until: session.sudoUntil,
    ip: session.address,
    user_agent: session.userAgent,
  };
}

function toChanges(changes: SessionChanges) {
  return {
    ...(changes.id === undefined ? {} : { id: sql<string>`${changes.id}` }),
    ...(changes.lastSeenAt === undefined ? {} : { last_seen_at: changes.lastSeenAt }),
    ...(changes.expiresAt === undefined ? {} : { expires_at: changes.expiresAt }),
    ...(changes.sudoUntil === undefined ? {} : { sudo_until: changes.sudoUntil }),
  };
}
