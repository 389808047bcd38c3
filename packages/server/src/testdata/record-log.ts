import { getLogger, type LogRecord } from "@tsgo/core/logging";
import { onTestFinished } from "vitest";

/** What tsgo logs from now to the end of the test. */
export function recordLog(): LogRecord[] {
  const records: LogRecord[] = [];
  const logger = getLogger("tsgo");
  logger.configure({ level: "DEBUG", handlers: [{ emit: (record) => records.push(record) }], propagate: false });
  onTestFinished(() => logger.configure({}));
  return records;
}
