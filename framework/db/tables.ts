import type { ColumnType, Generated } from "kysely";

/** Milliseconds since the Unix epoch. */
export type Milliseconds = number;

/** Nullable, and optional on insert. */
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>;

export interface UserTable {
  readonly id: string;
  /** Lowercase, unique. */
  email: string;
  name: string;
  password_hash: Optional<string>;
  email_verified_at: Optional<Milliseconds>;
  role: Generated<string>;
  avatar_url: Optional<string>;
  disabled_at: Optional<Milliseconds>;
  created_at: Milliseconds;
  updated_at: Milliseconds;
  last_login_at: Optional<Milliseconds>;
}

export interface SessionTable {
  /** SHA-256 of the token, lowercase hex. */
  readonly id: string;
  user_id: string;
  expires_at: Milliseconds;
  created_at: Milliseconds;
  last_seen_at: Milliseconds;
  absolute_expires_at: Milliseconds;
  /** 0 or 1. */
  remember: Generated<number>;
  sudo_until: Optional<Milliseconds>;
  ip: Optional<string>;
  user_agent: Optional<string>;
}

export interface TokenTable {
  /** SHA-256 of the token, lowercase hex. */
  readonly id: string;
  user_id: string;
  purpose: string;
  email: string;
  expires_at: Milliseconds;
  created_at: Milliseconds;
  data: Optional<string>;
}

export interface AuditLogTable {
  readonly id: string;
  at: Milliseconds;
  action: string;
  user_id: Optional<string>;
  session_id: Optional<string>;
  ip: Optional<string>;
  user_agent: Optional<string>;
  /** JSON. */
  details: Optional<string>;
}

export interface JobTable {
  /** Increases over time, so it orders jobs enqueued in the same millisecond. */
  readonly id: string;
  queue: string;
  name: string;
  /** JSON. */
  payload: string;
  /** Higher runs first. */
  priority: number;
  run_at: Milliseconds;
  state: string;
  /** How often its handler was started. */
  attempts: Generated<number>;
  max_attempts: number;
  /** How often a worker disappeared while running it. */
  losses: Generated<number>;
  timeout_ms: number;
  /** Set while the job is waiting or running, so that it can't be enqueued twice. */
  unique_key: Optional<string>;
  schedule_key: Optional<string>;
  locked_by: Optional<string>;
  locked_until: Optional<Milliseconds>;
  last_error: Optional<string>;
  created_at: Milliseconds;
  started_at: Optional<Milliseconds>;
  finished_at: Optional<Milliseconds>;
}

export interface JobScheduleTable {
  readonly id: string;
  name: string;
  queue: string;
  cron: string;
  time_zone: string;
  /** JSON. */
  payload: string;
  /** JSON: the priority, attempts and timeout of its jobs. */
  options: string;
  next_run_at: Milliseconds;
  last_run_at: Optional<Milliseconds>;
}

export interface RateLimitTable {
  readonly key: string;
  points: number;
  expire: Optional<Milliseconds>;
}

export interface SecondFactorTable {
  readonly user_id: string;
  /** Encrypted. */
  secret: string;
  last_step: number;
  created_at: Milliseconds;
}

export interface RecoveryCodeTable {
  /** SHA-256, lowercase hex. */
  readonly id: string;
  user_id: string;
}

/** The tables that the framework's own migrations create. */
export interface FrameworkTables {
  users: UserTable;
  sessions: SessionTable;
  tokens: TokenTable;
  second_factors: SecondFactorTable;
  recovery_codes: RecoveryCodeTable;
  audit_log: AuditLogTable;
  rate_limits: RateLimitTable;
  jobs: JobTable;
  job_schedules: JobScheduleTable;
}

/** All tables. Add those of your app with `declare module "buffkit" { interface Tables { cards: CardTable } }`. */
export interface Tables extends FrameworkTables {}
