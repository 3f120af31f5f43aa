import { describe } from "vitest";
import { services } from "../test-support/services.ts";
import { describeDatabase } from "./database-conformance.ts";

describeDatabase("SQLite", "sqlite:");

describe.skipIf(services.postgres === null)("where a PostgreSQL server answers", () => {
  describeDatabase("PostgreSQL", services.postgres ?? "");
});

describe.skipIf(services.mysql === null)("where a MySQL server answers", () => {
  describeDatabase("MySQL or MariaDB", services.mysql ?? "");
});
