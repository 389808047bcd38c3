/**
 * How a relation or field that was not loaded is fetched when it is read: for the one row (`"one"`), for all rows of the same
 * result at once (`"peers"`), or not at all (`"raise"`). Answers to Django's FETCH_ONE, FETCH_PEERS and RAISE.
 */
export type FetchMode = "one" | "peers" | "raise";

let defaultMode: FetchMode = "peers";

/** The mode of querysets that were given none. */
export function getDefaultFetchMode(): FetchMode {
  return defaultMode;
}

/** Changes the mode of querysets that are given none. */
export function setDefaultFetchMode(mode: FetchMode): void {
  defaultMode = mode;
}
