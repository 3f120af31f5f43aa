import type { Command } from "./terminal/command.ts";

/** One command as the overview and its own help show it. Its module is loaded when it is run. */
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
    summary: "Start for development: migrated, with live reload, the mail inbox and the pages under /__dev",
    examples: ["buffkit dev", "buffkit dev --port 4000", "buffkit dev --host 0.0.0.0"],
    load: async () => (await import("./commands/dev.ts")).devCommand,
  },
  {
    name: "build",
    group: "Run",
    summary: "Compile the app into dist/, with everything that it needs beside its code",
    examples: ["buffkit build"],
    load: async () => (await import("./commands/build.ts")).buildCommand,
  },
  {
    name: "start",
    group: "Run",
    summary: "Start the production build; refuses, naming each setting, when one is missing or weak",
    examples: ["buffkit start", "PORT=8080 HOST=0.0.0.0 buffkit start"],
    load: async () => (await import("./commands/start.ts")).startCommand,
  },
];

const database: readonly CommandEntry[] = [
  {
    name: "migrate",
    group: "Database",
    summary: "Apply the pending migrations",
    examples: ["buffkit migrate", "buffkit migrate --dry-run"],
    load: async () => (await import("./commands/database/migrate.ts")).migrateCommand,
  },
  {
    name: "migrate:status",
    group: "Database",
    summary: "Show which migrations are applied and which are pending; --check fails when any is pending",
    examples: ["buffkit migrate:status", "buffkit migrate:status --check", "buffkit migrate:status --json"],
    load: async () => (await import("./commands/database/migrate-status.ts")).migrateStatusCommand,
  },
  {
    name: "migrate:down",
    group: "Database",
    summary: "Undo the last migrations, one unless told otherwise",
    examples: ["buffkit migrate:down", "buffkit migrate:down 3"],
    load: async () => (await import("./commands/database/migrate-down.ts")).migrateDownCommand,
  },
  {
    name: "migrate:reset",
    group: "Database",
    summary: "Undo all migrations and apply them anew; every row is lost",
    examples: ["buffkit migrate:reset", "buffkit migrate:reset --yes"],
    load: async () => (await import("./commands/database/migrate-reset.ts")).migrateResetCommand,
  },
  {
    name: "db:seed",
    group: "Database",
    summary: "Fill the database from seeds/ for development; refused in production unless forced",
    examples: ["buffkit db:seed", "buffkit db:seed --only 0001_board"],
    load: async () => (await import("./commands/database/db-seed.ts")).dbSeedCommand,
  },
  {
    name: "make:migration",
    group: "Database",
    summary: "Write a new migration; what it does is read from its name",
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
    summary: "Write code: a model, migration, action, resource, component, job, mailer or sse part",
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
    summary: "List the app's routes with the guards before them",
    examples: ["buffkit routes", "buffkit routes /boards", "buffkit routes --json"],
    load: async () => (await import("./commands/routes.ts")).routesCommand,
  },
  {
    name: "console",
    group: "Code",
    summary: "Open a JavaScript prompt with the app: kit, db, app",
    examples: ["buffkit console", "echo 'await kit.countUsers()' | buffkit console"],
    load: async () => (await import("./commands/console.ts")).consoleCommand,
  },
];

const jobs: readonly CommandEntry[] = [
  {
    name: "jobs:work",
    aliases: ["jobs:worker"],
    group: "Jobs",
    summary: "Work on background jobs in this process until it is told to end",
    examples: ["buffkit jobs:work", "buffkit jobs:work --queues mail,default"],
    load: async () => (await import("./commands/jobs/jobs-work.ts")).jobsWorkCommand,
  },
  {
    name: "jobs:stats",
    group: "Jobs",
    summary: "Count the jobs of each queue, and list schedules and dead jobs",
    examples: ["buffkit jobs:stats", "buffkit jobs:stats --json"],
    load: async () => (await import("./commands/jobs/jobs-stats.ts")).jobsStatsCommand,
  },
  {
    name: "jobs:retry",
    group: "Jobs",
    summary: "Have dead jobs done again: those with the ids given, or --all",
    examples: ["buffkit jobs:retry 0198c1f2-…", "buffkit jobs:retry --all"],
    load: async () => (await import("./commands/jobs/jobs-retry.ts")).jobsRetryCommand,
  },
];

const importMap: readonly CommandEntry[] = [
  {
    name: "importmap:list",
    group: "Import map",
    summary: "Show what each name in an `import` of the browser stands for",
    examples: ["buffkit importmap:list", "buffkit importmap:list --json"],
    load: async () => (await import("./commands/importmap/importmap-list.ts")).importMapListCommand,
  },
  {
    name: "importmap:pin",
    group: "Import map",
    summary: "Let a name stand for a file of public/ or an address",
    examples: [
      "buffkit importmap:pin chart js/chart.js --preload",
      "buffkit importmap:pin confetti https://cdn.example.com/confetti.js --download",
    ],
    load: async () => (await import("./commands/importmap/importmap-pin.ts")).importMapPinCommand,
  },
  {
    name: "importmap:unpin",
    group: "Import map",
    summary: "Take a name out, and delete the vendored files that nothing needs any more",
    examples: ["buffkit importmap:unpin chart"],
    load: async () => (await import("./commands/importmap/importmap-unpin.ts")).importMapUnpinCommand,
  },
  {
    name: "importmap:vendor",
    group: "Import map",
    summary: "Copy installed npm packages into public/vendor and pin them; without names, renew the outdated ones",
    examples: ["buffkit importmap:vendor lit", "buffkit importmap:vendor"],
    load: async () => (await import("./commands/importmap/importmap-vendor.ts")).importMapVendorCommand,
  },
];

const operation: readonly CommandEntry[] = [
  {
    name: "doctor",
    group: "Operation",
    summary: "Look for what is wrong: settings, database, migrations, Redis, mail; --deploy judges as production",
    examples: ["buffkit doctor", "buffkit doctor --deploy", "buffkit doctor --deploy --json"],
    load: async () => (await import("./commands/doctor.ts")).doctorCommand,
  },
  {
    name: "secret",
    group: "Operation",
    summary: "Print a new secret for AUTH_SECRET",
    examples: ["buffkit secret", "AUTH_SECRET=$(npx buffkit secret)"],
    load: async () => (await import("./commands/secret.ts")).secretCommand,
  },
];

/** All commands, in the order in which the overview shows them. */
export const commandList: readonly CommandEntry[] = [...run, ...database, ...code, ...jobs, ...importMap, ...operation];

/** The command of a name or of one of its short names. */
export function findCommand(name: string): CommandEntry | undefined {
  return commandList.find((entry) => entry.name === name || entry.aliases?.includes(name));
}
