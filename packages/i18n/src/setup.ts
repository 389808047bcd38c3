// What of languages is read from files, once for a project.

import { prepareFormats } from "./formats/modules.ts";
import { prepareTranslations } from "./translation/gettext.ts";

let prepared: Promise<void> | undefined;

/**
 * Reads the project's catalogues and formats, so that all that uses them afterwards is synchronous. Calling it again
 * gives the promise of the first call; `{ again: true }` reads everything anew.
 */
export function prepareI18n({ again = false }: { again?: boolean } = {}): Promise<void> {
  if (again) prepared = undefined;
  prepared ??= Promise.all([prepareTranslations(), prepareFormats()]).then(() => undefined);
  return prepared;
}
