// `npm run conformance [topic ...]`: what Django was recorded to do, against what tsgo does.

import { availableTopics } from "./corpus.ts";
import { describeGroup, runTopic } from "./report.ts";

const topics = process.argv.length > 2 ? process.argv.slice(2) : availableTopics();
const total = { passed: 0, failed: 0, skipped: 0 };

if (topics.length === 0) console.log("No recorded cases here: set TSGO_CONFORMANCE to the folder that has them.");

for (const name of topics) {
  console.log(name);
  for (const report of await runTopic(name)) {
    console.log(describeGroup(report).join("\n"));
    total.passed += report.passed;
    total.failed += report.failed.length;
    for (const count of report.skipped.values()) total.skipped += count;
  }
}

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
