import { type ValueOf, anything, boolean, listOf, oneOf, recordOf, shape, text } from "../kinds.ts";

const level = oneOf("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");

const logger = shape(
  {},
  {
    /** Messages below it are dropped. */
    level,
    /** Names of handlers: `"console"`, or one of `handlers`. */
    handlers: listOf(text),
    /** Whether the handlers of the logger above hear it too; true where nothing is said. */
    propagate: boolean,
  },
);

/** What `LOGGING` may hold. */
export const logging = shape(
  {},
  {
    /** Handlers by name: the class by reference, the least level, and what its constructor wants. */
    handlers: recordOf(shape({ class: text }, { level, options: recordOf(anything) })),
    /** Loggers by name (`"tsgo.request"`); a name stands for those below it too. */
    loggers: recordOf(logger),
    /** What stands above all loggers. */
    root: logger,
  },
);

/** The type of `LOGGING`. */
export type LoggingSettings = ValueOf<typeof logging>;
