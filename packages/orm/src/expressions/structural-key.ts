// Equal texts for expressions that mean the same, so that GROUP BY names each thing once.

const ids = new WeakMap<object, number>();
let next = 1;

function identity(value: object): number {
  const known = ids.get(value);
  if (known !== undefined) return known;
  ids.set(value, next);
  return next++;
}

interface Keyed {
  readonly key: string;
}

/** A text that two expressions share when class and properties are the same. */
export function structuralKey(expression: object): string {
  const parts: string[] = [expression.constructor.name];
  for (const [name, value] of Object.entries(expression)) {
    if (name !== "cachedOutputField" && value !== undefined) parts.push(`${name}=${keyOf(value)}`);
  }
  return `${parts[0] ?? ""}#${identity(expression.constructor)}(${parts.slice(1).join(",")})`;
}

/** A text that two values share when they are the same by structure. */
export function keyOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null)
    return typeof value === "function" ? `f${identity(value)}` : `${typeof value}:${String(value)}`;
  if (Array.isArray(value)) return `[${value.map(keyOf).join(",")}]`;
  if ("key" in value && typeof value.key === "string") return (value as Keyed).key;
  if (value instanceof Date) return `d${value.getTime()}`;
  if (Symbol.toStringTag in value || "toFixed" in value)
    return `${value.constructor.name}:${(value as { toString(): string }).toString()}`;
  // Fields and models are what they are; only their identity counts.
  return `o${identity(value)}`;
}
