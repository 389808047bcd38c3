// What is probably wrong with a URLconf.

import type { CheckRegistration } from "@tsgo/core/checks";

import { checkErrorHandlers } from "./error-handlers.ts";
import { checkNamespaces } from "./namespaces.ts";
import { checkPatterns } from "./patterns.ts";
import { checkUrlSettings } from "./url-settings.ts";

const checks: readonly CheckRegistration[] = [checkPatterns, checkNamespaces, checkErrorHandlers, checkUrlSettings].map(
  (check) => ({ check, tags: ["urls"] }),
);

export default checks;
