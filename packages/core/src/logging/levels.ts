/** The levels of log messages, from least to most urgent. */
export const logLevels = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40, CRITICAL: 50 } as const;

/** The name of a level. */
export type LogLevel = keyof typeof logLevels;
