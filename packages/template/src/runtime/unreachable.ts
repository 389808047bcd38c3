const OF_OBJECTS: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), "prototype"]);
const OF_FUNCTIONS: ReadonlySet<string> = new Set([...OF_OBJECTS, ...Object.getOwnPropertyNames(Function.prototype)]);

/**
 * Whether a name leads from an object to the machinery behind it. Such names are only found where data has them as its
 * own.
 */
export function isUnreachable(name: string): boolean {
  return OF_OBJECTS.has(name);
}

/** Whether a name leads from a function to the machinery behind it: `call`, `caller`, and even `name`. */
export function isUnreachableOnFunction(name: string): boolean {
  return OF_FUNCTIONS.has(name);
}
