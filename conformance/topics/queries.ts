import { queryTopic } from "../orm/query-topic.ts";

export const topic = queryTopic();
