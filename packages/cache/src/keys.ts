// How keys are made.

import { InvalidCacheKey } from "./errors.ts";

/** Makes the key under which a backend keeps an entry. Django: `KEY_FUNCTION`. */
export type KeyFunction = (key: string, prefix: string, version: number) => string;

/** `prefix:version:key`. */
export const defaultKeyFunction: KeyFunction = (key, prefix, version) => `${prefix}:${version}:${key}`;

/** The longest key, prefix and version included, that every backend can keep. */
export const MAX_KEY_LENGTH = 250;

/**
 * Refuses what some backend could not keep as it is, so that a program does not break, and two keys do not become one,
 * when it changes its backend.
 *
 * @throws InvalidCacheKey for a key that is too long or has a control character.
 */
export function validateKey(key: string): void {
  if (key.length > MAX_KEY_LENGTH) {
    throw new InvalidCacheKey(
      `The key '${key.slice(0, 50)}...' has ${key.length} characters; ${MAX_KEY_LENGTH} are the most. Hash what is long.`,
    );
  }
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\0-\x1f\x7f]/.test(key)) {
    throw new InvalidCacheKey(`The key ${JSON.stringify(key)} has a control character. Take it out, or hash the key.`);
  }
}
