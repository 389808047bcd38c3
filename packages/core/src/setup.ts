import { apps } from "./apps/registry.ts";
import { loadSettings } from "./conf/load-settings.ts";
import { settings } from "./conf/settings.ts";
import { setProjectRoot } from "./loading/project-root.ts";
import { configureLogging } from "./logging/configure.ts";
import { Signal } from "./signals/index.ts";

/** Sent by `shutDown()` before the applications end: what holds a connection or a file closes it here. */
export const shuttingDown = new Signal<object>();

/**
 * Makes the project ready: settings, logging, applications and their models. `manage.js`, `wsgi.ts` and tests
 * begin with it; calling it again does nothing. Answers to `django.setup`.
 *
 * @param options.root The project's folder; found by its `manage.js` where nothing is said.
 * @throws ImproperlyConfigured with the file, the line and the cause, or the setting and the nearest right name.
 */
export async function setup(options: { root?: string } = {}): Promise<void> {
  if (options.root !== undefined) setProjectRoot(options.root);
  await loadSettings();
  await configureLogging(settings.LOGGING);
  await apps.populate(settings.INSTALLED_APPS);
}

/**
 * Ends what `setup` began: connections are closed and the applications' `shutDown` is called, in reverse order.
 * Every receiver of `shuttingDown` is called even where one fails; then the first error is thrown.
 */
export async function shutDown(): Promise<void> {
  const responses = await shuttingDown.asendRobust({});
  await apps.shutDown();
  const failed = responses.find(([, response]) => response instanceof Error);
  if (failed) throw failed[1];
}
