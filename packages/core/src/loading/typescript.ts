// Lets Node load TypeScript, where it cannot by itself.

let registered: Promise<unknown> | undefined;

/**
 * Prepares the process for loading a `.ts` file. Node 22.18 and later strip types themselves; below that, tsx
 * does it. Once a `.ts` file has failed to load, Node remembers the failure, so this comes first.
 */
export async function enableTypeScript(): Promise<void> {
  if (canLoadTypeScript()) return;
  registered ??= import("tsx/esm/api").then(({ register }) => register());
  await registered;
}

function canLoadTypeScript(): boolean {
  const { typescript } = process.features as { typescript?: string | false };
  // This very module runs from its source under tsx and Vitest, and so can others.
  return Boolean(typescript) || import.meta.url.endsWith(".ts") || process.env["VITEST"] !== undefined;
}
