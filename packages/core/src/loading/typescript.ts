// Lets Node load TypeScript, where it cannot by itself.

import { ImproperlyConfigured } from "../exceptions/configuration.ts";

let registered: Promise<unknown> | undefined;

/**
 * Prepares the process for loading a `.ts` file. Node 22.18 and later strip types themselves; below that, tsx
 * does it. Once a `.ts` file has failed to load, Node remembers the failure, so this comes first.
 */
export async function enableTypeScript(): Promise<void> {
  if (canLoadTypeScript()) return;
  refuseToLoadTwice();
  registered ??= import("tsx/esm/api").then(({ register }) => register());
  await registered;
}

function canLoadTypeScript(): boolean {
  // This very module runs from its source, by tsx, or under Vite, and so can others.
  if (import.meta.url.endsWith(".ts") || "env" in import.meta) return true;
  const { typescript } = process.features as { typescript?: string | false };
  return Boolean(typescript) && !isInVitest();
}

// Vitest loads a test's imports itself. What Node loaded besides would be there twice: two classes for each model.
function refuseToLoadTwice(): void {
  if (!isInVitest()) return;
  throw new ImproperlyConfigured(
    "Vitest must load tsgo as it loads your project, or every model would be there twice. Write into vitest.config.ts: " +
      "test: { server: { deps: { inline: [/[\\\\/]@?tsgo[\\\\/]/] } } }",
  );
}

// Its environment variables are inherited by the programs that tests start, which are none of its workers.
function isInVitest(): boolean {
  return "__vitest_worker__" in globalThis;
}
