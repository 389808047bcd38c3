// A plan as lines to read, with what may hurt a database in use.

import type { Vendor } from "../../backends/base/wrapper.ts";
import type { Style } from "@tsgo/core/management";

import { keyText } from "../graph.ts";
import type { Hazard } from "../operations/hazard.ts";
import type { LoadedMigrations } from "./loader.ts";
import type { PlannedMigration } from "./executor.ts";

const MARKS: Readonly<Record<Hazard["kind"], string>> = {
  "data-loss": "LOSES DATA",
  lock: "LOCKS",
  "may-fail": "MAY FAIL",
};

/** The lines that `migrate --plan` shows. */
export function describePlan(
  loaded: LoadedMigrations,
  plan: readonly PlannedMigration[],
  vendor: Vendor,
  style: Style,
): string[] {
  if (plan.length === 0) return ["  No planned migration operations."];
  return plan.flatMap((step) => [
    style.migrateHeading(keyText(step.migration.key)),
    ...describeStep(loaded, step, vendor, style),
  ]);
}

function describeStep(
  loaded: LoadedMigrations,
  { migration, backwards }: PlannedMigration,
  vendor: Vendor,
  style: Style,
): string[] {
  let state = loaded.projectState([migration.key], false);
  const lines: string[][] = [];
  for (const operation of migration.operations) {
    const after = operation.stateForwards(migration.appLabel, state);
    const hazards = backwards
      ? operation.hazardsBackwards(migration.appLabel, after, state, vendor)
      : operation.hazards(migration.appLabel, state, after, vendor);
    const undo = backwards ? (operation.reversible ? "Undo " : "CANNOT UNDO ") : "";
    lines.push([
      `    ${undo}${operation.describe()}`,
      ...hazards.map(({ kind, detail }) => `      ${paint(style, kind)(MARKS[kind])}: ${detail}`),
    ]);
    state = after;
  }
  return (backwards ? lines.reverse() : lines).flat();
}

function paint(style: Style, kind: Hazard["kind"]): (text: string) => string {
  return kind === "data-loss" ? style.error : style.warning;
}
