import { join } from "node:path";

import { type CheckRegistration, checkRegistry } from "../checks/registry.ts";
import { importFile } from "../loading/import-module.ts";
import { listModules } from "../loading/resolve.ts";
import { umbrellaFolder } from "./find-commands.ts";

let loading: Promise<void> | undefined;

/**
 * Registers the checks of tsgo's own packages: each module in the umbrella's `checks` folder exports a list of
 * them by default. Done when checks run, since most commands load none of it otherwise.
 */
export function loadBuiltinChecks(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  for (const file of listModules(join(umbrellaFolder() ?? "", "checks")).values()) {
    const { default: registrations } = (await importFile(file)) as { default: readonly CheckRegistration[] };
    for (const registration of registrations) checkRegistry.add(registration);
  }
}
