// The recorded queries and writes as tests, on one kind of database.

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { ROW_TOPICS, availableTopics, corpusFolders } from "../corpus.ts";
import { describeGroup, runTopic } from "../report.ts";
import { Harness } from "./harness.ts";
import { queryTopic } from "./query-topic.ts";
import { expectedNames, foundNames } from "./recorded-names.ts";
import { type Engine, SERVERS, answers } from "./store.ts";
import { writeTopic } from "./write-topic.ts";

/** What is not as usual. */
export interface RecordedOptions {
  readonly topics?: readonly (typeof ROW_TOPICS)[number][];
  /** The statements that make the tables, in place of the models. */
  readonly ddl?: () => readonly string[];
}

/**
 * Declares one test a topic, on a database that they share. A server that does not answer is skipped, unless
 * TSGO_TEST_REQUIRE_SERVICES=1 says that there must be one.
 */
export async function describeRecordedCases(engine: Engine, options: RecordedOptions = {}): Promise<void> {
  const topics = availableTopics();
  const recorded = (options.topics ?? ROW_TOPICS).filter((topic) => topics.includes(topic));
  const there =
    engine === "sqlite" || process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1" || (await answers(SERVERS[engine]));
  describe.skipIf(recorded.length === 0 || !there)(`recorded behaviour of Django's ORM on ${engine}`, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = new Harness(corpusFolders()[1] ?? "", engine);
      await harness.open(options.ddl?.());
    }, 60_000);
    afterAll(() => harness.close());

    test("tables, columns, indexes and constraints have Django's names", { timeout: 60_000 }, async () => {
      expect(await foundNames(harness)).toEqual(expectedNames(harness));
    });

    test.for(recorded)("%s", { timeout: 300_000 }, async (topic) => {
      const groups = await runTopic(topic, topic.startsWith("queries") ? queryTopic(harness) : writeTopic(harness));
      console.log([`${topic} on ${engine}`, ...groups.flatMap(describeGroup)].join("\n"));
      expect(groups.flatMap((group) => group.failed.map(({ id }) => id))).toEqual([]);
    });
  });
}
