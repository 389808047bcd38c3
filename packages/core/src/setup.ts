import { apps } from "./apps/registry.ts";
import { loadSettings } from "./conf/load-settings.ts";
import { settings } from "./conf/settings.ts";
import { setApplicationsEnd } from "./lifecycle.ts";
import { setProjectRoot } from "./loading/project-root.ts";
import { configureLogging } from "./logging/configure.ts";

export { shutDown, shuttingDown } from "./lifecycle.ts";

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
  setApplicationsEnd(() => apps.shutDown());
  await apps.populate(settings.INSTALLED_APPS);
}
