import type { LogHandler } from "./handlers.ts";
import { type LogLevel, logLevels } from "./levels.ts";
import type { LogFields } from "./record.ts";

/** How a logger is set up: by `LOGGING`, for the logger of that name and those below it. */
export interface LoggerConfig {
  level?: LogLevel | undefined;
  handlers: readonly LogHandler[];
  propagate: boolean;
}

/**
 * Says what happens, to whoever listens. Loggers form a tree by the dots in their names: `tsgo.request` takes its
 * level from `tsgo` where it has none, and `tsgo`'s handlers hear it too.
 */
export class Logger {
  readonly name: string;
  readonly #parent: Logger | undefined;
  #config: LoggerConfig = { handlers: [], propagate: true };

  constructor(name: string, parent: Logger | undefined) {
    this.name = name;
    this.#parent = parent;
  }

  /** Sets the logger up. Used by `configureLogging`, and by tests that listen. */
  configure(config: Partial<LoggerConfig>): void {
    this.#config = { handlers: [], propagate: true, ...config };
  }

  /** Whether a message of that level would be heard. */
  isEnabledFor(level: LogLevel): boolean {
    return logLevels[level] >= logLevels[this.#level()];
  }

  /** Sends a message. `fields.error` is shown with its stack. */
  log(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (!this.isEnabledFor(level)) return;
    const record = { name: this.name, level, message, time: new Date(), fields };
    for (const handler of this.#handlers()) handler.emit(record);
  }

  debug(message: string, fields?: LogFields): void {
    this.log("DEBUG", message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.log("INFO", message, fields);
  }

  warning(message: string, fields?: LogFields): void {
    this.log("WARNING", message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.log("ERROR", message, fields);
  }

  critical(message: string, fields?: LogFields): void {
    this.log("CRITICAL", message, fields);
  }

  #level(): LogLevel {
    if (this.#config.level !== undefined) return this.#config.level;
    return this.#parent ? this.#parent.#level() : "WARNING";
  }

  #handlers(): readonly LogHandler[] {
    const above = this.#config.propagate && this.#parent ? this.#parent.#handlers() : [];
    return [...this.#config.handlers, ...above];
  }
}

const root = new Logger("root", undefined);
const loggers = new Map<string, Logger>();

/**
 * The logger of that name, always the same one. `""` is the root.
 *
 * @example
 * getLogger("tsgo.request").warning("Not Found: /favicon.ico", { request, statusCode: 404 });
 */
export function getLogger(name = ""): Logger {
  if (name === "") return root;
  let logger = loggers.get(name);
  if (logger === undefined) {
    const dot = name.lastIndexOf(".");
    logger = new Logger(name, getLogger(dot < 0 ? "" : name.slice(0, dot)));
    loggers.set(name, logger);
  }
  return logger;
}

/** Takes every logger back to saying nothing of its own. */
export function resetLoggers(): void {
  for (const logger of [root, ...loggers.values()]) logger.configure({});
}
