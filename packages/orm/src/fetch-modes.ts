// How what was not loaded with a row is fetched when it is read.

import { fromSettings, isConfigured } from "@tsgo/core/conf";

/**
 * How a relation or field that was not loaded is fetched when it is read: for the one row (`"one"`), for all rows of the same
 * result at once (`"peers"`), or not at all (`"raise"`). Answers to Django's fetch modes.
 */
export type FetchMode = "one" | "peers" | "raise";

/** Fetches for the row that is read, and for no other. Django's FETCH_ONE. */
export const FETCH_ONE = "one" satisfies FetchMode;

/** Fetches for all rows of the same result, so that a loop over them costs one statement more. Django's FETCH_PEERS. */
export const FETCH_PEERS = "peers" satisfies FetchMode;

/** Refuses with FieldFetchBlocked: for code that must not ask the database by accident. Django's RAISE. */
export const RAISE = "raise" satisfies FetchMode;

const MODES: ReadonlySet<unknown> = new Set<FetchMode>([FETCH_ONE, FETCH_PEERS, RAISE]);

/** Whether a value is a fetch mode. */
export function isFetchMode(value: unknown): value is FetchMode {
  return MODES.has(value);
}

const configured = fromSettings((settings) => settings.DEFAULT_FETCH_MODE);

/** The mode of querysets that were given none: the setting DEFAULT_FETCH_MODE. */
export function defaultFetchMode(): FetchMode {
  return isConfigured() ? configured() : FETCH_PEERS;
}
