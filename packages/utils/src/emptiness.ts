/**
 * The key under which an object says that it stands for nothing: templates take it for false, and validation for a value that is
 * missing. A file field without a file is such.
 */
export const IS_EMPTY: unique symbol = Symbol.for("tsgo.isEmpty");

/** Whether an object says of itself that it stands for nothing. */
export function saysEmpty(value: object): boolean {
  return (value as { readonly [IS_EMPTY]?: unknown })[IS_EMPTY] === true;
}
