import type { Kind } from "./kinds.ts";

/** One setting: what it may hold, and what it holds where the project says nothing. */
export interface Setting<T> {
  readonly kind: Kind<T>;
  readonly default: T;
}

/** Declares a setting. */
export function setting<T>(kind: Kind<T>, value: NoInfer<T>): Setting<T> {
  return { kind, default: value };
}
