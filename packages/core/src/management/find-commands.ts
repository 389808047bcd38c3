import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import type { AppConfig } from "../apps/app-config.ts";
import { projectRoot } from "../loading/project-root.ts";
import { listModules } from "../loading/resolve.ts";

/** Where a command is, without its having been loaded. */
export interface CommandLocation {
  readonly name: string;
  /** `"tsgo"`, or the name of the application. */
  readonly app: string;
  readonly file: string;
}

/** The commands of tsgo itself, by name. */
export function builtinCommands(): Map<string, CommandLocation> {
  const home = umbrellaFolder();
  return new Map(home === undefined ? [] : listCommands("tsgo", home).map((found) => [found.name, found]));
}

/**
 * The commands of tsgo and of some applications, by name. An application's command takes the place of tsgo's of the
 * same name, and that of the application further up in INSTALLED_APPS the place of all others.
 */
export function findCommands(appConfigs: readonly AppConfig[]): Map<string, CommandLocation> {
  const commands = builtinCommands();
  for (const config of appConfigs.toReversed())
    for (const found of listCommands(config.name, config.path)) commands.set(found.name, found);
  return commands;
}

/** Where the package `tsgo` gathers the commands and checks of all packages: sources, where this is one too. */
export function umbrellaFolder(): string | undefined {
  for (const from of [join(projectRoot(), "manage.js"), process.argv[1] ?? "", import.meta.url]) {
    try {
      const home = dirname(createRequire(from).resolve("tsgo/package.json"));
      return join(home, import.meta.url.endsWith(".ts") ? "src" : "dist");
    } catch {
      // Not to be seen from there; the next place may know it.
    }
  }
  return undefined;
}

function listCommands(app: string, folder: string): CommandLocation[] {
  return [...listModules(join(folder, "management", "commands"))].map(([name, file]) => ({ name, app, file }));
}
