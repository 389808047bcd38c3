// What is probably wrong with templates, and with the engines that are to render them.

import type { CheckRegistration } from "@tsgo/core/checks";
import { settings } from "@tsgo/core/conf";

// The engine is only loaded where there is one to be checked; most commands have no use for it.
const checks: readonly CheckRegistration[] = [
  {
    check: async () => (settings.TEMPLATES.length === 0 ? [] : (await import("./templates.ts")).checkTemplates()),
    tags: ["templates"],
    thorough: true,
  },
];

export default checks;
