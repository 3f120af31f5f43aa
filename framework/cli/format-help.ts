import { version } from "../base/index.ts";
import { type CommandEntry, commandList } from "./command-list.ts";
import { type ArgumentDefinition, type ArgumentDefinitions, isRequired } from "./terminal/command.ts";
import { formatRows } from "./terminal/format-rows.ts";

/** The overview: all commands by group. */
export function formatOverview(): string {
  const groups = [...new Set(commandList.map((entry) => entry.group))];
  const width = Math.max(...commandList.map((entry) => labelOf(entry).length));
  const blocks = groups.map((group) => {
    const entries = commandList.filter((entry) => entry.group === group);
    const lines = entries.map((entry) => `  ${labelOf(entry).padEnd(width)}  ${entry.summary}`);
    return `${group}\n${lines.join("\n")}`;
  });
  return [
    `buffkit ${version}: live, server-rendered apps in TypeScript`,
    "Usage: buffkit <command> [arguments] [options]",
    ...blocks,
    "Examples\n  buffkit dev\n  buffkit generate resource post title:string body:text\n  buffkit doctor --deploy",
    "Run `buffkit help <command>` for details. Exit codes: 0 success, 1 failure, 2 usage error.",
  ].join("\n\n");
}

/** The help of one command. */
export function formatCommandHelp(entry: CommandEntry, args: ArgumentDefinitions, more?: string): string {
  const all = Object.entries(args);
  const words = all.filter(([, { type }]) => type === "positional");
  const options = all.filter(([, { type }]) => type !== "positional");
  const usage = ["buffkit", entry.name, ...words.map(wordUsage), "[options]"].join(" ");
  return [
    entry.summary,
    `Usage: ${usage}`,
    ...section(
      "Arguments",
      words.map(([name, { description }]) => [name, description]),
    ),
    ...section("Options", options.map(optionRow)),
    ...(more === undefined ? [] : [more]),
    `Examples\n${entry.examples.map((example) => `  ${example}`).join("\n")}`,
    ...(entry.aliases ? [`Aliases: ${entry.aliases.join(", ")}`] : []),
  ].join("\n\n");
}

function labelOf({ name, aliases = [] }: CommandEntry): string {
  const short = aliases.filter((alias) => alias.length < 3);
  return [name, ...short].join(", ");
}

function wordUsage([name, definition]: [string, ArgumentDefinition]): string {
  return isRequired(definition) ? `<${name}>` : `[${name}]`;
}

function optionRow([name, definition]: [string, ArgumentDefinition]): readonly string[] {
  const short = definition.type === "boolean" && definition.short ? `-${definition.short}, ` : "";
  const value = definition.type === "string" ? ` <${definition.valueHint ?? name}>` : "";
  const standard = definition.type === "string" && definition.default ? ` (default: ${definition.default})` : "";
  return [`${short}--${name}${value}`, `${definition.description}${standard}`];
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [`${title}\n${formatRows(rows, "  ")}`];
}
