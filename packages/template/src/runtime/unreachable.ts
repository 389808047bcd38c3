/** Names that lead from a value to the machinery behind it. They are only found where data has them as its own. */
export const UNREACHABLE: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
  "prototype",
]);
