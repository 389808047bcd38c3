// Compares the list of threats with the titles of the tests: each id is tested, or a known gap with its reason.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { gapsByArea, gapsById } from "./known-gaps.ts";

/** One line of the list of threats. */
export interface Threat {
  readonly id: string;
  readonly area: string;
  readonly applies: boolean;
}

/** How the threats stand against the tests. */
export interface ThreatReport {
  readonly tested: readonly string[];
  readonly gaps: readonly { readonly id: string; readonly reason: string }[];
  /** Threats with neither a test nor a reason: there must be none. */
  readonly open: readonly Threat[];
  /** Known gaps that a test has closed, or that no list knows: to be struck off. */
  readonly stale: readonly string[];
}

const root = resolve(import.meta.dirname, "..");
const LIST = resolve(root, "../shared/security/threats.json");

/** Reads the list of threats, or gives undefined where this machine has none. */
export function readThreats(file: string = LIST): Threat[] | undefined {
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, "utf8")) as { threats: Threat[] }).threats;
}

const ID = /(?:CVE|NODE|DJANGO)-[\w-]+/g;
// A title that begins with its ids: "CVE-2022-28346: an alias ...", "NODE-1, NODE-2: ...".
const TITLE = /["'`](?:(?:CVE|NODE|DJANGO)-[\w-]+[, ]*(?:and )?)+:/g;

/** The ids with which titles of tests begin. */
export function testedIds(
  folders: readonly string[] = ["packages", "scripts"].map((name) => join(root, name)),
): Set<string> {
  const ids = new Set<string>();
  for (const folder of folders) {
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".test.ts") || /node_modules|dist/.test(file)) continue;
      const text = readFileSync(join(folder, file), "utf8");
      for (const [title] of text.matchAll(TITLE)) for (const [id] of title.matchAll(ID)) ids.add(id);
    }
  }
  return ids;
}

/** Sorts the threats that apply into tested, known gaps and open ones. */
export function compareThreats(
  threats: readonly Threat[],
  tested: ReadonlySet<string>,
  gaps: { byId: Readonly<Record<string, string>>; byArea: Readonly<Record<string, string>> } = {
    byId: gapsById,
    byArea: gapsByArea,
  },
): ThreatReport {
  const applying = threats.filter((threat) => threat.applies);
  const untested = applying.filter((threat) => !tested.has(threat.id));
  const reason = (threat: Threat): string | undefined => gaps.byId[threat.id] ?? gaps.byArea[threat.area];
  return {
    tested: applying.filter((threat) => tested.has(threat.id)).map((threat) => threat.id),
    gaps: untested.flatMap((threat) => {
      const why = reason(threat);
      return why === undefined ? [] : [{ id: threat.id, reason: why }];
    }),
    open: untested.filter((threat) => reason(threat) === undefined),
    stale: [
      ...Object.keys(gaps.byId).filter((id) => !untested.some((threat) => threat.id === id)),
      ...Object.keys(gaps.byArea).filter((area) => !untested.some((threat) => threat.area === area)),
    ],
  };
}
