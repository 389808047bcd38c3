import { apps } from "./apps/registry.ts";
import { loadSettings } from "./conf/load-settings.ts";
import { settings } from "./conf/settings.ts";
import { setApplicationsEnd } from "./lifecycle.ts";
import { importString } from "./loading/import-module.ts";
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
  await importStorages();
  await importRouters();
  setApplicationsEnd(() => apps.shutDown());
  await apps.populate(settings.INSTALLED_APPS);
}

// Loaded here, since the address of a file is asked for where nothing can wait. That of static files goes with its application.
async function importStorages(): Promise<void> {
  for (const [alias, { BACKEND }] of Object.entries(settings.STORAGES)) {
    const application = BACKEND.startsWith("tsgo/contrib/") ? BACKEND.split("/", 3).join("/") : undefined;
    if (application === undefined || settings.INSTALLED_APPS.includes(application))
      await importString(BACKEND, { from: `STORAGES.${alias}.BACKEND` });
  }
}

// Each query asks them, also one that a `ready()` sends, and none of them can wait.
async function importRouters(): Promise<void> {
  for (const [index, router] of settings.DATABASE_ROUTERS.entries())
    if (typeof router === "string") await importString(router, { from: `DATABASE_ROUTERS[${index}]` });
}
