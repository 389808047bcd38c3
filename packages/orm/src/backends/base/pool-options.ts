// How connections to a database server are kept: CONN_MAX_AGE, CONN_HEALTH_CHECKS and OPTIONS.pool.

import { didYouMean } from "@tsgo/utils/nearest-name";

import type { DatabaseSettings } from "./wrapper.ts";

/** The keys of `OPTIONS.pool`. Times are in seconds. */
export interface PoolOptions {
  /** Connections that are kept even when nobody needs them. */
  readonly minSize: number;
  /** The most connections at a time, in this process. */
  readonly maxSize: number;
  /** How long a statement waits for a connection to become free. */
  readonly timeout: number;
  /** How long a connection is kept that nobody needs. */
  readonly maxIdle: number;
}

const DEFAULTS: PoolOptions = { minSize: 0, maxSize: 10, timeout: 30, maxIdle: 30 };

/** How the connections of one database are kept. */
export interface ConnectionKeeping extends PoolOptions {
  /** Seconds that a connection may serve; null for as long as it works, 0 for one use. */
  readonly maxAge: number | null;
  /** A connection that was used before is asked for a sign of life before it is used again. */
  readonly healthChecks: boolean;
}

/** What an entry of DATABASES says about keeping connections; what is wrong there is found by `poolFaults`. */
export function connectionKeeping({ CONN_MAX_AGE, CONN_HEALTH_CHECKS, OPTIONS }: DatabaseSettings): ConnectionKeeping {
  return {
    ...DEFAULTS,
    ...(OPTIONS?.["pool"] as Partial<PoolOptions> | undefined),
    maxAge: CONN_MAX_AGE ?? null,
    healthChecks: CONN_HEALTH_CHECKS ?? false,
  };
}

/** One sentence for each fault of `OPTIONS.pool`. */
export function poolFaults(pool: unknown): string[] {
  if (pool === undefined) return [];
  if (typeof pool !== "object" || pool === null || Array.isArray(pool))
    return [`OPTIONS.pool must be an object, such as { maxSize: 20 }, not ${JSON.stringify(pool)}.`];
  const faults = Object.entries(pool).flatMap(([key, value]) => faultsOf(key, value));
  const { minSize, maxSize } = { ...DEFAULTS, ...(pool as Partial<PoolOptions>) };
  if (faults.length === 0 && minSize > maxSize)
    faults.push(`OPTIONS.pool.minSize (${minSize}) is more than OPTIONS.pool.maxSize (${maxSize}).`);
  return faults;
}

function faultsOf(key: string, value: unknown): string[] {
  if (!Object.hasOwn(DEFAULTS, key))
    return [`OPTIONS.pool has no key '${key}'.${didYouMean(key, Object.keys(DEFAULTS))}`];
  const whole = key === "minSize" || key === "maxSize";
  const least = key === "minSize" ? 0 : whole ? 1 : Number.MIN_VALUE;
  if (typeof value === "number" && Number.isFinite(value) && value >= least && (!whole || Number.isInteger(value)))
    return [];
  const expected = whole ? `a whole number, ${least} or more` : "a number of seconds, more than 0";
  return [`OPTIONS.pool.${key} must be ${expected}, not ${JSON.stringify(value)}.`];
}
