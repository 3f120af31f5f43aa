import type { Command } from "./terminal/command.ts";

/** One command as the overview and its help show it. Its module is loaded when the command runs. */
export interface CommandEntry {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly group: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly load: () => Promise<Command>;
}

const run: readonly CommandEntry[] = [
  {
    name: "dev",
    group: "Run",
    summary:
      "Start the app for development: migrates, reloads on changes, adds a mail inbox and the pages under /__dev",
    examples: ["buffkit dev", "buffkit dev --port 4000", "buffkit dev --host 0.0.0.0"],
    load: async () => (await import("./commands/dev.ts")).devCommand,
  },
  {
    name: "build",
    group: "Run",
    summary: "Compile the app into dist/ and copy its public files and data",
    examples: ["buffkit build"],
    load: async () => (await import("./commands/build.ts")).buildCommand,
  },
  {
    name: "start",
    group: "Run",
    summary: "Start the production build; refuses to start if a setting is missing or weak",
    examples: ["buffkit start", "PORT=8080 HOST=0.0.0.0 buffkit start"],
    load: async () => (await import("./commands/start.ts")).startCommand,
  },
];

const database: readonly CommandEntry[] = [
  {
    name: "migrate",
    group: "Database",
    summary: "Apply pending migrations",
    examples: ["buffkit migrate", "buffkit migrate --dry-run"],
    load: async () => (await import("./commands/database/migrate.ts")).migrateCommand,
  },
  {
    name: "migrate:status",
    group: "Database",
    summary: "Show applied and pending migrations; --check fails if any are pending",
    examples: ["buffkit migrate:status", "buffkit migrate:status --check", "buffkit migrate:status --json"],
    load: async () => (await import("./commands/database/migrate-status.ts")).migrateStatusCommand,
  },
  {
    name: "migrate:down",
    group: "Database",
    summary: "Undo the latest migrations (default: 1)",
    examples: ["buffkit migrate:down", "buffkit migrate:down 3"],
    load: async () => (await import("./commands/database/migrate-down.ts")).migrateDownCommand,
  },
  {
    name: "migrate:reset",
    group: "Database",
    summary: "Undo all migrations and apply them again; deletes all rows",
    examples: ["buffkit migrate:reset", "buffkit migrate:reset --yes"],
    load: async () => (await import("./commands/database/migrate-reset.ts")).migrateResetCommand,
  },
  {
    name: "db:seed",
    group: "Database",
    summary: "Fill a development database from seeds/; refuses to run in production without --force",
    examples: ["buffkit db:seed", "buffkit db:seed --only 0001_board"],
    load: async () => (await import("./commands/database/db-seed.ts")).dbSeedCommand,
  },
  {
    name: "make:migration",
    group: "Database",
    summary: "Create a migration; its name says what it does",
    examples: [
      "buffkit make:migration create_posts title:string body:text",
      "buffkit make:migration add_slug_to_posts slug:string:nullable",
    ],
    load: async () => (await import("./commands/database/make-migration.ts")).makeMigrationCommand,
  },
];

const code: readonly CommandEntry[] = [
  {
    name: "generate",
    aliases: ["g"],
    group: "Code",
    summary: "Generate a model, migration, action, resource, component, job, mailer or sse part",
    examples: [
      "buffkit generate resource post title:string body:text published_at:datetime:nullable",
      "buffkit g model person name:string email:email",
      "buffkit g:component badge",
      "buffkit generate --help",
    ],
    load: async () => (await import("./commands/generate.ts")).generateCommand,
  },
  {
    name: "routes",
    group: "Code",
    summary: "List routes and their guards",
    examples: ["buffkit routes", "buffkit routes /boards", "buffkit routes --json"],
    load: async () => (await import("./commands/routes.ts")).routesCommand,
  },
  {
    name: "console",
    group: "Code",
    summary: "Open a JavaScript console with the app loaded: app, kit, db",
    examples: ["buffkit console", "echo 'await kit.countUsers()' | buffkit console"],
    load: async () => (await import("./commands/console.ts")).consoleCommand,
  },
];

const jobs: readonly CommandEntry[] = [
  {
    name: "jobs:work",
    aliases: ["jobs:worker"],
    group: "Jobs",
    summary: "Run background jobs in this process until it is stopped",
    examples: ["buffkit jobs:work", "buffkit jobs:work --queues mail,default"],
    load: async () => (await import("./commands/jobs/jobs-work.ts")).jobsWorkCommand,
  },
  {
    name: "jobs:stats",
    group: "Jobs",
    summary: "Show job counts per queue, schedules and dead jobs",
    examples: ["buffkit jobs:stats", "buffkit jobs:stats --json"],
    load: async () => (await import("./commands/jobs/jobs-stats.ts")).jobsStatsCommand,
  },
  {
    name: "jobs:retry",
    group: "Jobs",
    summary: "Retry dead jobs, by id or --all",
    examples: ["buffkit jobs:retry 0198c1f2-…", "buffkit jobs:retry --all"],
    load: async () => (await import("./commands/jobs/jobs-retry.ts")).jobsRetryCommand,
  },
];

const importMap: readonly CommandEntry[] = [
  {
    name: "importmap:list",
    group: "Import map",
    summary: "Show which file each import name in the browser resolves to",
    examples: ["buffkit importmap:list", "buffkit importmap:list --json"],
    load: async () => (await import("./commands/importmap/importmap-list.ts")).importMapListCommand,
  },
  {
    name: "importmap:pin",
    group: "Import map",
    summary: "Map an import name to a file in public/ or a URL",
    examples: [
      "buffkit importmap:pin chart js/chart.js --preload",
      "buffkit importmap:pin confetti https://cdn.example.com/confetti.js --download",
    ],
    load: async () => (await import("./commands/importmap/importmap-pin.ts")).importMapPinCommand,
  },
  {
    name: "importmap:unpin",
    group: "Import map",
    summary: "Remove an import name and the vendored files nothing else needs",
    examples: ["buffkit importmap:unpin chart"],
    load: async () => (await import("./commands/importmap/importmap-unpin.ts")).importMapUnpinCommand,
  },
  {
    name: "importmap:vendor",
    group: "Import map",
    summary: "Copy installed npm packages into public/vendor and pin them; without names, update outdated ones",
    examples: ["buffkit importmap:vendor lit", "buffkit importmap:vendor"],
    load: async () => (await import("./commands/importmap/importmap-vendor.ts")).importMapVendorCommand,
  },
];

const operation: readonly CommandEntry[] = [
  {
    name: "doctor",
    group: "Operation",
    summary: "Check settings, database, migrations, Redis and mail; --deploy checks them as production",
    examples: ["buffkit doctor", "buffkit doctor --deploy", "buffkit doctor --deploy --json"],
    load: async () => (await import("./commands/doctor.ts")).doctorCommand,
  },
  {
    name: "user:role",
    group: "Operation",
    summary: "Give a user a role, such as the first admin's",
    examples: ["buffkit user:role ada@example.com admin", "buffkit user:role ada@example.com member"],
    load: async () => (await import("./commands/user-role.ts")).userRoleCommand,
  },
  {
    name: "secret",
    group: "Operation",
    summary: "Print a random secret for AUTH_SECRET",
    examples: ["buffkit secret", "AUTH_SECRET=$(npx buffkit secret)"],
    load: async () => (await import("./commands/secret.ts")).secretCommand,
  },
];

/** All commands, in the order of the overview. */
export const commandList: readonly CommandEntry[] = [...run, ...database, ...code, ...jobs, ...importMap, ...operation];

/** Finds a command by its name or an alias. */
export function findCommand(name: string): CommandEntry | undefined {
  return commandList.find((entry) => entry.name === name || entry.aliases?.includes(name));
}
