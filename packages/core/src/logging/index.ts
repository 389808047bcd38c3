// Messages for those who run the site.

export { configureLogging } from "./configure.ts";
export { ConsoleHandler, type LogHandler } from "./handlers.ts";
export { type LogLevel, logLevels } from "./levels.ts";
export { Logger, type LoggerConfig, getLogger } from "./logger.ts";
export { type LogFields, type LogRecord, escapeControl, formatRecord } from "./record.ts";
