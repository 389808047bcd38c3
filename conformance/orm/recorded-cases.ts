// The recorded queries and writes as tests, on one kind of database.

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { ROW_TOPICS, availableTopics, corpusFolders } from "../corpus.ts";
import { describeGroup, runTopic } from "../report.ts";
import { Harness } from "./harness.ts";
import { queryTopic } from "./query-topic.ts";
import { type Engine, SERVERS, answers } from "./store.ts";
import { writeTopic } from "./write-topic.ts";

/**
 * Declares one test a topic, on a database that they share. A server that does not answer is skipped, unless
 * TSGO_TEST_REQUIRE_SERVICES=1 says that there must be one.
 */
export async function describeRecordedCases(engine: Engine): Promise<void> {
  const topics = availableTopics();
  const recorded = ROW_TOPICS.filter((topic) => topics.includes(topic));
  const there =
    engine === "sqlite" || process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1" || (await answers(SERVERS[engine]));
  describe.skipIf(recorded.length === 0 || !there)(`recorded behaviour of Django's ORM on ${engine}`, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = new Harness(corpusFolders()[1] ?? "", engine);
      await harness.open();
    }, 60_000);
    afterAll(() => harness.close());

    test.for(recorded)("%s", { timeout: 300_000 }, async (topic) => {
      const groups = await runTopic(topic, topic.startsWith("queries") ? queryTopic(harness) : writeTopic(harness));
      console.log([`${topic} on ${engine}`, ...groups.flatMap(describeGroup)].join("\n"));
      expect(groups.flatMap((group) => group.failed.map(({ id }) => id))).toEqual([]);
    });
  });
}
