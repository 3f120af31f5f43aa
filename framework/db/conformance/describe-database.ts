import { describe, it } from "vitest";
import { databaseChecks } from "./database-conformance.ts";
import { onServer } from "./database-subject.ts";
import { endedChecks } from "./ended-conformance.ts";
import { joiningChecks } from "./joining-conformance.ts";
import { streamsChecks } from "./streams-conformance.ts";
import { textChecks } from "./text-conformance.ts";
import { transactionsChecks } from "./transactions-conformance.ts";
import { valuesChecks } from "./values-conformance.ts";

/** Runs everything that every database must do. A file for each of them, so that they run side by side, and the quickest can come first. */
export function describeDatabase(name: string, serverUrl: string): void {
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
