import { writeTopic } from "../orm/write-topic.ts";

export const topic = writeTopic();
