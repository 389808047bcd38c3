import { didYouMean } from "@tsgo/utils/nearest-name";

import type { LoggingSettings } from "../conf/schema/logging.ts";
import { settings } from "../conf/settings.ts";
import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { importString } from "../loading/import-module.ts";
import { ConsoleHandler, LevelFilter, type LogHandler } from "./handlers.ts";
import { type Logger, getLogger, resetLoggers } from "./logger.ts";

type LoggerSettings = NonNullable<LoggingSettings["root"]>;
type HandlerSettings = NonNullable<LoggingSettings["handlers"]>[string];

/**
 * Sets the loggers up as `LOGGING` says, over what holds by itself: everything of `tsgo` that is a warning or
 * worse goes to stderr, with DEBUG also what is INFO. Throws ImproperlyConfigured for a handler that is not there.
 */
export async function configureLogging(config: LoggingSettings): Promise<void> {
  const handlers = await makeHandlers(config.handlers ?? {});
  resetLoggers();
  const standard: Record<string, LoggerSettings> = {
    "": { level: "WARNING", handlers: ["console"] },
    tsgo: { level: settings.DEBUG ? "INFO" : "WARNING", handlers: ["console"], propagate: false },
  };
  const chosen = { ...standard, ...config.loggers, ...(config.root ? { "": config.root } : {}) };
  for (const [name, logger] of Object.entries(chosen)) configureLogger(getLogger(name), logger, handlers);
}

function configureLogger(logger: Logger, config: LoggerSettings, handlers: ReadonlyMap<string, LogHandler>): void {
  logger.configure({
    level: config.level,
    handlers: (config.handlers ?? []).map((name) => {
      const handler = handlers.get(name);
      if (handler) return handler;
      const hint = didYouMean(name, handlers.keys());
      throw new ImproperlyConfigured(`LOGGING: the logger '${logger.name}' names no handler with '${name}'.${hint}`);
    }),
    propagate: config.propagate ?? true,
  });
}

async function makeHandlers(config: Readonly<Record<string, HandlerSettings>>): Promise<Map<string, LogHandler>> {
  const handlers = new Map<string, LogHandler>([["console", new ConsoleHandler()]]);
  for (const [name, entry] of Object.entries(config)) handlers.set(name, await makeHandler(name, entry));
  return handlers;
}

async function makeHandler(name: string, { class: reference, level, options }: HandlerSettings): Promise<LogHandler> {
  const Handler =
    reference === "console"
      ? ConsoleHandler
      : await importString(reference, { from: `LOGGING.handlers.${name}.class` });
  if (typeof Handler !== "function")
    throw new ImproperlyConfigured(`LOGGING.handlers.${name}.class: '${reference}' is not a class.`);
  const handler = Reflect.construct(Handler, [options ?? {}]) as LogHandler;
  return level === undefined ? handler : new LevelFilter(level, handler);
}
