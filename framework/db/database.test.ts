import { describe, it } from "vitest";
import { services } from "../test-support/services.ts";
import { databaseChecks } from "./conformance/database-conformance.ts";
import { onServer } from "./conformance/database-subject.ts";
import { endedChecks } from "./conformance/ended-conformance.ts";
import { joiningChecks } from "./conformance/joining-conformance.ts";
import { streamsChecks } from "./conformance/streams-conformance.ts";
import { textChecks } from "./conformance/text-conformance.ts";
import { transactionsChecks } from "./conformance/transactions-conformance.ts";
import { valuesChecks } from "./conformance/values-conformance.ts";

function describeOn(name: string, serverUrl: string): void {
  describe(`Database on ${name}`, () => {
    it.each(databaseChecks(onServer(serverUrl)))("$name", ({ run }) => run());
  });
  describe(`Texts on ${name}`, () => {
    it.each(textChecks(onServer(serverUrl)))("$name", ({ run }) => run());
  });
  describe(`Values on ${name}`, () => {
    it.each(valuesChecks(onServer(serverUrl)))("$name", ({ run }) => run());
  });
  describe(`Joining a transaction on ${name}`, () => {
    it.each(joiningChecks(onServer(serverUrl)))("$name", ({ run }) => run());
  });
  describe(`Work after a transaction on ${name}`, () => {
    it.each(endedChecks(onServer(serverUrl)))("$name", ({ run }) => run());
  });
  describe(`Streams on ${name}`, () => {
    it.each(streamsChecks(onServer(serverUrl)))("$name", ({ run }) => run());
  });
  describe(`Transactions on ${name}`, () => {
    it.each(transactionsChecks(onServer(serverUrl)))("$name", ({ run }) => run());
  });
}

describeOn("SQLite", "sqlite:");

describe.skipIf(services.postgres === null)("with a PostgreSQL server", () => {
  describeOn("PostgreSQL", services.postgres ?? "");
});

describe.skipIf(services.mysql === null)("with a MySQL server", () => {
  describeOn("MySQL or MariaDB", services.mysql ?? "");
});
