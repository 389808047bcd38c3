// The recorded cases as part of the suite: one test a topic, which shows how each group went.

import { describe, expect, test } from "vitest";

import { ROW_TOPICS, availableTopics } from "./corpus.ts";
import { describeGroup, runTopic } from "./report.ts";

const topics = availableTopics().filter((topic) => !(ROW_TOPICS as readonly string[]).includes(topic));

describe.skipIf(topics.length === 0)("recorded behaviour of Django", () => {
  test.for(topics)("%s", { timeout: 300_000 }, async (topic) => {
    const groups = await runTopic(topic);
    console.log([topic, ...groups.flatMap(describeGroup)].join("\n"));
    expect(groups.flatMap((group) => group.failed.map(({ id }) => id))).toEqual([]);
  });
});
