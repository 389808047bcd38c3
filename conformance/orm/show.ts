// What is read from rows after a query: attribute paths, each step of which may touch the database.

interface ShowPath {
  readonly path: string;
  readonly unordered: boolean;
}

type PathSpec = string | { readonly path: string; readonly unordered?: boolean };

/** The values of the paths for one row. */
export async function showRow(row: unknown, paths: readonly PathSpec[]): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const spec of paths) {
    const { path } = pathOf(spec);
    values.push(await walk(row, path.split(".")));
  }
  return values;
}

/** Which of the paths have no order. */
export function unorderedPaths(paths: readonly PathSpec[]): boolean[] {
  return paths.map((spec) => pathOf(spec).unordered);
}

function pathOf(spec: PathSpec): ShowPath {
  return typeof spec === "string"
    ? { path: spec, unordered: false }
    : { path: spec.path, unordered: spec.unordered ?? false };
}

async function walk(value: unknown, steps: readonly string[]): Promise<unknown> {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return walkAll(value, steps);
  let next: unknown;
  try {
    next = await read(value, step);
  } catch (error) {
    if (error instanceof Error && error.name === "RelatedObjectDoesNotExist")
      return { $error: "RelatedObjectDoesNotExist" };
    throw error;
  }
  if (isManager(next)) return walkAll(await next.all(), rest);
  if (Array.isArray(next) && rest.length > 0) return walkAll(next, rest);
  return walk(next, rest);
}

async function walkAll(rows: readonly unknown[], steps: readonly string[]): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const row of rows) values.push(await walk(row, steps));
  return values;
}

function isManager(value: unknown): value is { all(): Promise<unknown[]> } {
  return typeof value === "object" && value !== null && "getQueryset" in value;
}

async function read(value: unknown, step: string): Promise<unknown> {
  const record = value as Record<string, unknown>;
  if (!step.endsWith("()")) return record[step];
  const method = record[step.slice(0, -2)];
  if (typeof method !== "function") throw new TypeError(`no method '${step}'`);
  return (await method.call(value)) as unknown;
}
