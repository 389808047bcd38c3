// What the compiler knows of settings.

import { defineSettings, env, overrideSettings, settings } from "./index.ts";

void defineSettings({
  DEBUG: env.boolean("DEBUG", false),
  ALLOWED_HOSTS: env.list("ALLOWED_HOSTS", []),
  DATABASES: { default: { ENGINE: "sqlite", NAME: "db.sqlite3" } },
  SECURE_PROXY_SSL_HEADER: ["HTTP_X_FORWARDED_PROTO", "https"],
  SESSION_COOKIE_SAMESITE: "Strict",
  LOGGING: { loggers: { "tsgo.request": { level: "ERROR" } } },
});

// @ts-expect-error -- misspelt: the message names INSTALLED_APPS
void defineSettings({ INSTALED_APPS: [] });
// @ts-expect-error -- a text is not a boolean
void defineSettings({ DEBUG: "true" });
// @ts-expect-error -- a host is not a list of hosts
void defineSettings({ ALLOWED_HOSTS: "example.com" });
// @ts-expect-error -- a database has no such key
void defineSettings({ DATABASES: { default: { NAM: "db.sqlite3" } } });
// @ts-expect-error -- browsers know Lax, Strict and None
void defineSettings({ SESSION_COOKIE_SAMESITE: "lax" });
// @ts-expect-error -- there is no such level
void defineSettings({ LOGGING: { root: { level: "LOUD" } } });
// @ts-expect-error -- the same holds for tests
void overrideSettings({ APPEND_SLASH: "no" });

const hosts: readonly string[] = settings.ALLOWED_HOSTS;
const application: string | null = settings.WSGI_APPLICATION;
void [hosts, application];
// @ts-expect-error -- settings are read only
settings.DEBUG = true;
