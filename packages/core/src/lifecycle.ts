// The end of a process, apart from its beginning: a program that never set up a project loads nothing to end it.

import { Signal } from "./signals/index.ts";

/** Sent by `shutDown()` before the applications end: what holds a connection or a file closes it here. */
export const shuttingDown = new Signal<object>();

let endApplications: (() => Promise<void>) | undefined;

/** Used by `setup()`: what is to be done once the receivers of `shuttingDown` are through. */
export function setApplicationsEnd(end: () => Promise<void>): void {
  endApplications = end;
}

/**
 * Ends what `setup` began: connections are closed and the applications' `shutDown` is called, in reverse order.
 * Every receiver of `shuttingDown` is called even where one fails; then the first error is thrown.
 */
export async function shutDown(): Promise<void> {
  const responses = await shuttingDown.asendRobust({});
  await endApplications?.();
  const failed = responses.find(([, response]) => response instanceof Error);
  if (failed) throw failed[1];
}
