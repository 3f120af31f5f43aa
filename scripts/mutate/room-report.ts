import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mutationKey } from "./mutation.ts";
import type { Outcome } from "./mutation-bench.ts";
import { formatScore, scoreOf } from "./score.ts";

export interface RoomReport {
  readonly room: string;
  readonly seed: number;
  readonly outcomes: readonly Outcome[];
  /** Drawn, but left out: the compiler refuses them. */
  readonly refused: number;
}

export function formatRoom({ room, seed, outcomes, refused }: RoomReport): string {
  const count = (...verdicts: readonly string[]) => outcomes.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const killed = count("killed", "hung");
  const score = formatScore(scoreOf(killed, killed + count("survived", "unreached")));
  const details = [
    `${count("hung")} of them hung`,
    `${count("unreached")} reached by no test`,
    `${count("undecided")} undecided`,
    `left out: ${refused} refused by the compiler`,
  ];
  return `${room}, seed ${seed}: killed ${score}; ${details.join("; ")}`;
}

/** A mutation that no test noticed, as a reader wants it. */
export function formatSurvivor({ mutation: { file, line, kind, before, after }, verdict }: Outcome): string {
  const place = `${file}:${line} (${verdict === "unreached" ? `${kind}, reached by no test` : kind})`;
  return `${place}\n  - ${before}\n  + ${after}\n`;
}

export const isSurvivor = ({ verdict }: Outcome): boolean => verdict === "survived" || verdict === "unreached";

const pathOf = (folder: string, room: string) => join(folder, `${room.replaceAll("/", "-")}.json`);

export function saveRoom(folder: string, report: RoomReport): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(pathOf(folder, report.room), JSON.stringify(report, null, 2));
}

/** The keys of what survived the last run of a room. */
export function lastSurvivors(folder: string, room: string): ReadonlySet<string> {
  const path = pathOf(folder, room);
  if (!existsSync(path)) return new Set();
  const { outcomes } = JSON.parse(readFileSync(path, "utf8")) as RoomReport;
  return new Set(outcomes.filter(isSurvivor).map(({ mutation }) => mutationKey(mutation)));
}
