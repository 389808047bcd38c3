import { getLogger } from "@tsgo/core/logging";

import { describeError } from "../handler/describe-error.ts";

/**
 * Keeps the process alive when a promise that nobody awaits is rejected: it is logged. `onException` hears of an
 * exception that nobody caught, once; without it that is logged as well.
 */
export function surviveRejections(onException?: () => void): void {
  const logger = getLogger("tsgo.server");
  process.on("unhandledRejection", (reason) => {
    logger.error("A promise was rejected and nobody awaits it.", { error: describeError(reason) });
  });
  let broken = false;
  process.on("uncaughtException", (error) => {
    logger.critical("An exception was thrown where nobody catches it.", { error: describeError(error) });
    if (!broken) onException?.();
    broken = true;
  });
}
