// Standard deviation and variance.

import type { SqliteDatabase } from "../driver.ts";

/** Sums by Welford's method, which does not lose digits when the values are large and close together. */
interface Moments {
  count: number;
  mean: number;
  squares: number;
}

function step(state: unknown, value: unknown): Moments {
  const moments = state as Moments;
  if (value === null) return moments;
  const x = Number(value);
  const count = moments.count + 1;
  const delta = x - moments.mean;
  const mean = moments.mean + delta / count;
  return { count, mean, squares: moments.squares + delta * (x - mean) };
}

function variance(sample: boolean): (state: unknown) => number | null {
  return (state) => {
    const { count, squares } = state as Moments;
    const divisor = sample ? count - 1 : count;
    return divisor <= 0 ? null : squares / divisor;
  };
}

function start(): Moments {
  return { count: 0, mean: 0, squares: 0 };
}

export function registerStatistics(database: SqliteDatabase): void {
  for (const [suffix, sample] of [
    ["POP", false],
    ["SAMP", true],
  ] as const) {
    const result = variance(sample);
    database.aggregate(`VAR_${suffix}`, { start, step, result });
    database.aggregate(`STDDEV_${suffix}`, {
      start,
      step,
      result: (state) => {
        const value = result(state);
        return value === null ? null : Math.sqrt(value);
      },
    });
  }
}
