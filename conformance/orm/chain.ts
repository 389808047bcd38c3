// The steps that a case takes from a manager to its queryset.

import type { QuerySet } from "../../packages/orm/src/models/queryset.ts";
import type { Decoder } from "./expressions.ts";

type Step = readonly unknown[];
type Method = (...args: unknown[]) => QuerySet;

/** Applies the steps one after the other. */
export function applyChain(queryset: QuerySet, steps: readonly Step[], decoder: Decoder): QuerySet {
  return steps.reduce((current, step) => applyStep(current, step, decoder), queryset);
}

function applyStep(queryset: QuerySet, [name, ...given]: Step, decoder: Decoder): QuerySet {
  const args = given.map((argument) => (isOptions(argument) ? argument["$opts"] : decoder.value(argument)));
  switch (name) {
    case "slice":
      return (queryset.slice as (...values: unknown[]) => QuerySet)(...sliceArguments(queryset, args));
    case "values":
    case "valuesList":
    case "annotate":
    case "alias":
    case "filter":
    case "exclude":
      return call(queryset, name, args);
    case "dates":
    case "datetimes":
      return call(queryset, name, args);
    default:
      return call(queryset, String(name), args);
  }
}

function sliceArguments(queryset: QuerySet, [start, stop, step]: unknown[]): unknown[] {
  void queryset;
  return [start ?? 0, stop ?? null, ...(step === null || step === undefined ? [] : [step])];
}

function call(queryset: QuerySet, name: string, args: unknown[]): QuerySet {
  const method = (queryset as unknown as Record<string, Method | undefined>)[name];
  if (method === undefined) throw new Error(`No method ${name}`);
  return method.apply(queryset, args);
}

function isOptions(value: unknown): value is { readonly $opts: unknown } {
  return typeof value === "object" && value !== null && "$opts" in value;
}
