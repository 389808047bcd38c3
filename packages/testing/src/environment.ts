import { overrideSettings, settings } from "@tsgo/core/conf";

let environment: { readonly override: Disposable } | undefined;

/**
 * Lets the project answer to the host that tests ask for. The client does it by itself. Answers to Django's
 * `setup_test_environment`.
 */
export function setupTestEnvironment(): void {
  environment ??= { override: overrideSettings({ ALLOWED_HOSTS: [...settings.ALLOWED_HOSTS, "testserver"] }) };
}

/** Undoes `setupTestEnvironment`. Answers to `teardown_test_environment`. */
export function teardownTestEnvironment(): void {
  environment?.override[Symbol.dispose]();
  environment = undefined;
}
