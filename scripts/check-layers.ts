// `npm run layers`: says which imports break the order of the packages.

import { resolve } from "node:path";

import { findViolations } from "./layers.ts";

const violations = findViolations(resolve(import.meta.dirname, ".."));
for (const violation of violations) console.error(violation);
if (violations.length === 0) console.log("The packages import only downwards, and in no ring.");
process.exitCode = violations.length > 0 ? 1 : 0;
