import { type LogLevel, logLevels } from "./levels.ts";
import { type LogRecord, formatRecord } from "./record.ts";

/** Takes log records somewhere. A class of a project's own is named in `LOGGING.handlers`. */
export interface LogHandler {
  /** Must not throw: a failing log is no reason to fail a request. */
  emit(record: LogRecord): void;
}

/** Writes a line for each record to stderr, or to another stream. */
export class ConsoleHandler implements LogHandler {
  readonly #stream: { write(text: string): unknown };

  constructor(options: { stream?: { write(text: string): unknown } } = {}) {
    this.#stream = options.stream ?? process.stderr;
  }

  emit(record: LogRecord): void {
    this.#stream.write(`${formatRecord(record)}\n`);
  }
}

/** Passes on what is at least as urgent as `level`. */
export class LevelFilter implements LogHandler {
  readonly #least: number;
  readonly #inner: LogHandler;

  constructor(level: LogLevel, inner: LogHandler) {
    this.#least = logLevels[level];
    this.#inner = inner;
  }

  emit(record: LogRecord): void {
    if (logLevels[record.level] >= this.#least) this.#inner.emit(record);
  }
}
