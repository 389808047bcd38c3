// `npm run threats`: which of the known threats have a test, and which have not.

import { compareThreats, readThreats, testedIds } from "./threats.ts";

const threats = readThreats();
if (threats === undefined) {
  console.log("Skipped: there is no list of threats beside this checkout.");
} else {
  const report = compareThreats(threats, testedIds());
  for (const { id, reason } of report.gaps) console.log(`gap   ${id}: ${reason}`);
  for (const { id, area } of report.open) console.log(`OPEN  ${id} (${area}): neither a test nor a reason`);
  for (const name of report.stale) console.log(`STALE ${name}: strike it from the known gaps`);
  console.log(`${report.tested.length} tested, ${report.gaps.length} known gaps, ${report.open.length} open`);
  process.exitCode = report.open.length + report.stale.length > 0 ? 1 : 0;
}
