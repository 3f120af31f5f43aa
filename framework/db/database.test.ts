import { describe } from "vitest";
import { services } from "../test-support/services.ts";
import { describeDatabase } from "./conformance/database-conformance.ts";
import { describeTransactions } from "./conformance/transactions-conformance.ts";

function describeOn(name: string, serverUrl: string): void {
  describeDatabase(name, serverUrl);
  describeTransactions(name, serverUrl);
}

describeOn("SQLite", "sqlite:");

describe.skipIf(services.postgres === null)("with a PostgreSQL server", () => {
  describeOn("PostgreSQL", services.postgres ?? "");
});

describe.skipIf(services.mysql === null)("with a MySQL server", () => {
  describeOn("MySQL or MariaDB", services.mysql ?? "");
});
