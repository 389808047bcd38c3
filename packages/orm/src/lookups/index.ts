// The built-in lookups, to be used as expressions: `new lookups.GreaterThan(new F("a"), new F("b"))`.

export { Exact, GreaterThan, GreaterThanOrEqual, IExact, In, LessThan, LessThanOrEqual, Range } from "./comparison.ts";
export { IsNull } from "./is-null.ts";
export { Contains, EndsWith, IContains, IEndsWith, IRegex, IStartsWith, Regex, StartsWith } from "./text.ts";
