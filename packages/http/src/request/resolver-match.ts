/** What the URLconf found for a path. `ResolverMatch` of the urls package fulfils it. */
export interface ResolverMatchInfo {
  readonly func: (...args: never[]) => unknown;
  /** An unnamed group that took no part in the match is undefined. */
  readonly args: readonly (string | undefined)[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly urlName: string | undefined;
  readonly viewName: string;
  readonly appNames: readonly string[];
  readonly namespaces: readonly string[];
  readonly route: string;
}
