import { apps } from "../apps/registry.ts";
import { settings } from "../conf/settings.ts";

/** What the shell knows without an import: every model under its name, `apps` and `settings`. */
export function shellNames(): Record<string, unknown> {
  const names: Record<string, unknown> = { apps, settings };
  // Of two models with one name, that of the application further up in INSTALLED_APPS is meant.
  for (const model of apps.getModels().reverse()) names[model.name] = model;
  return names;
}

/**
 * Makes names known everywhere in the process. One that JavaScript has already (a model called `Request`) is left
 * alone, since the framework relies on it; gives those that are known now.
 */
export function defineGlobals(names: Readonly<Record<string, unknown>>): string[] {
  const free = Object.keys(names).filter((name) => !(name in globalThis));
  for (const name of free)
    Object.defineProperty(globalThis, name, { value: names[name], configurable: true, writable: true });
  return free.sort();
}
