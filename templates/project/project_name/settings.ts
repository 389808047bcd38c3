// The settings of {{ project_name }}. Names and values are checked by your editor, by `npx tsc`, and when the
// project starts. `node manage diffsettings` shows what differs from the defaults.
import { join } from "node:path";
import { defineSettings, env } from "tsgo/conf";

// The folder with manage.js. Build paths inside the project like this: join(BASE_DIR, "templates").
const BASE_DIR = join(import.meta.dirname, "..");

export default defineSettings({
  // Both come from the file .env, which is not under version control. Where that file is lost, the project does
  // not start without a key, and does not show errors to strangers.
  SECRET_KEY: env("SECRET_KEY"),
  DEBUG: env.boolean("DEBUG", false),

  // The hosts that the site answers to, such as "example.com" or ".example.com".
  ALLOWED_HOSTS: env.list("ALLOWED_HOSTS", []),

  // The parts that the project is made of. `node manage startapp polls` makes one: add "polls" here.
  INSTALLED_APPS: [],

  // What every request passes on its way in, from the top, and its response on its way out.
  MIDDLEWARE: [
    "tsgo/middleware/security:SecurityMiddleware",
    "tsgo/middleware/common:CommonMiddleware",
    "tsgo/middleware/csrf:CsrfViewMiddleware",
    "tsgo/middleware/clickjacking:XFrameOptionsMiddleware",
  ],

  // The module that says which view answers which URL.
  ROOT_URLCONF: "{{ project_name }}/urls",

  // Where templates are looked for: DIRS, then the folder `templates` of every application.
  TEMPLATES: [
    {
      BACKEND: "django",
      DIRS: [],
      APP_DIRS: true,
      OPTIONS: {
        // What every template knows besides what its view gives it.
        contextProcessors: ["tsgo/template/context-processors:request"],
      },
    },
  ],

  // What `runserver` and production servers serve.
  WSGI_APPLICATION: "{{ project_name }}/wsgi:application",

  // SQLite needs no server: the whole database is one file. DATABASE_URL, in the environment or in .env, names
  // another one: postgres://user:password@host:5432/name, with `npm install pg`.
  DATABASES: {
    default: env.databaseUrl("DATABASE_URL", { ENGINE: "sqlite", NAME: join(BASE_DIR, "db.sqlite3") }),
  },

  // The type of primary keys that nobody declares.
  DEFAULT_AUTO_FIELD: "BigAutoField",

  LANGUAGE_CODE: "en-us",
  TIME_ZONE: "UTC",
  USE_I18N: true,
  USE_TZ: true,

  // Where CSS, JavaScript and images are served from.
  STATIC_URL: "static/",
});
