// What a transaction that a test undoes would have done after its commit.

import { commitHooks } from "@tsgo/orm/testing";

/** What becomes of the functions that are captured. */
export interface CaptureOnCommitOptions {
  readonly using?: string;
  /** Calls them when `fn` is through, as a commit would, and those that they add. */
  readonly execute?: boolean;
}

/**
 * Calls `fn` and gives the functions that it handed to `onCommit`, which never run in a test whose transaction is undone. Answers to
 * `captureOnCommitCallbacks`.
 *
 * @example
 * const callbacks = await captureOnCommitCallbacks(() => client.post("/contact/", form), { execute: true });
 * expect(callbacks).toHaveLength(1);
 */
export async function captureOnCommitCallbacks(
  fn: () => unknown,
  { using, execute = false }: CaptureOnCommitOptions = {},
): Promise<readonly (() => unknown)[]> {
  const before = commitHooks(using).length;
  await fn();
  const since = (): ReturnType<typeof commitHooks> => commitHooks(using).slice(before);
  if (!execute) return since().map(({ run }) => run);
  const captured: (() => unknown)[] = [];
  for (let hook = since()[0]; hook !== undefined; hook = since()[captured.length]) {
    captured.push(hook.run);
    try {
      await hook.run();
    } catch (error) {
      if (!hook.robust) throw error;
    }
  }
  return captured;
}
