// Finds out what is wrong with a project before its users do.

import { type Check, type RunChecksOptions, checkRegistry } from "./registry.ts";
import type { CheckMessage } from "./messages.ts";

export {
  CheckMessage,
  type CheckMessageOptions,
  Critical,
  Debug,
  Error,
  Info,
  type Level,
  Warning,
  levels,
} from "./messages.ts";
export {
  type Check,
  type CheckRegistration,
  CheckRegistry,
  type CheckScope,
  type RunChecksOptions,
  Tags,
  checkRegistry,
} from "./registry.ts";

/**
 * Adds a check of an application's own, in the `ready()` of its AppConfig.
 *
 * @example
 * register(({ appConfigs }) => [new Warning("Votes can be bought.", { id: "polls.W001" })], Tags.models);
 */
export function register(check: Check, ...tags: readonly string[]): void {
  checkRegistry.register(check, ...tags);
}

/** Runs the checks that are registered. See `CheckRegistry.runChecks`. */
export function runChecks(options?: RunChecksOptions): Promise<CheckMessage[]> {
  return checkRegistry.runChecks(options);
}
