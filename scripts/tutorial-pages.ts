import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** The pages of the tutorial, in the order in which they are read. */
export function tutorialPages(): string[] {
  const folder = resolve(import.meta.dirname, "../docs/tutorial");
  return readdirSync(folder)
    .filter((file) => /^\d.*\.md$/.test(file))
    .toSorted()
    .map((file) => join(folder, file));
}
