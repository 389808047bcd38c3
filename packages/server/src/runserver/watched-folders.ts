import { sep } from "node:path";

import { apps } from "@tsgo/core/apps";
import { isConfigured, settings } from "@tsgo/core/conf";

/** Folders outside of the project whose files matter: templates, and applications that are no installed packages. */
export function foldersToWatch(): string[] {
  if (!isConfigured()) return [];
  const templates = settings.TEMPLATES.flatMap(({ DIRS }) => (Array.isArray(DIRS) ? DIRS.map(String) : []));
  const own = apps.ready ? apps.getAppConfigs().map(({ path }) => path) : [];
  return [...templates, ...own.filter((path) => !path.split(sep).includes("node_modules"))];
}
