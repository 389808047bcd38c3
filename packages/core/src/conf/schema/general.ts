import { anything, boolean, callable, listOf, nullable, pair, pattern, recordOf, shape, text } from "../kinds.ts";
import { setting } from "../setting.ts";
import { logging } from "./logging.ts";

const templateEngine = shape(
  {
    /** `"django"`, `"nunjucks"`, or a class by reference. */
    BACKEND: text,
  },
  {
    /** How the engine is told from others; the backend's name where nothing is said. */
    NAME: text,
    /** Folders, looked through before those of the applications. */
    DIRS: listOf(text),
    /** Looks into the folder `templates` of every application. */
    APP_DIRS: boolean,
    /** What the backend wants besides. */
    OPTIONS: recordOf(anything),
  },
);

/** The project as a whole: what it is made of and whom it tells of trouble. */
export const general = {
  /** Shows errors in full to whoever is looking. Never true in production. */
  DEBUG: setting(boolean, false),
  /** Lets errors of views reach the server instead of becoming a 500. */
  DEBUG_PROPAGATE_EXCEPTIONS: setting(boolean, false),
  /** Signs cookies, sessions and links. Random, long, and nobody's business. */
  SECRET_KEY: setting(text, ""),
  /** Former values of SECRET_KEY, with which signatures still verify. */
  SECRET_KEY_FALLBACKS: setting(listOf(text), []),
  /** The applications: modules (`"polls"`) or AppConfig classes (`"polls/apps:PollsConfig"`). */
  INSTALLED_APPS: setting(listOf(text), []),
  /** The module with the project's `urlpatterns`. */
  ROOT_URLCONF: setting(text, ""),
  /** The `application` that `runserver` serves (`"mysite/wsgi:application"`); null for one made on the spot. */
  WSGI_APPLICATION: setting(nullable(text), null),
  /** The middleware, outermost first: classes or factories by reference. */
  MIDDLEWARE: setting(listOf(text), []),
  /** Who is told of errors: [name, address] each. */
  ADMINS: setting(listOf(pair(text, text)), []),
  /** Who is told of broken links: [name, address] each. */
  MANAGERS: setting(listOf(pair(text, text)), []),
  /** Addresses that count as the developer's own. */
  INTERNAL_IPS: setting(listOf(text), []),
  /** Paths whose 404 nobody is told of. */
  IGNORABLE_404_URLS: setting(listOf(pattern), []),
  /** Ids of system checks to leave unsaid (`"security.W004"`). */
  SILENCED_SYSTEM_CHECKS: setting(listOf(text), []),
  /** Gives a model's instances their URL: functions by `"app_label.model_name"`. */
  ABSOLUTE_URL_OVERRIDES: setting(recordOf(callable<(object: never) => string>()), {}),
  /** The class that signs values. */
  SIGNING_BACKEND: setting(text, "tsgo/signing:TimestampSigner"),
  /** The class that reports an unhandled error. */
  DEFAULT_EXCEPTION_REPORTER: setting(text, "tsgo/views/debug:ExceptionReporter"),
  /** The class that hides secrets in error reports. */
  DEFAULT_EXCEPTION_REPORTER_FILTER: setting(text, "tsgo/views/debug:SafeExceptionReporterFilter"),
  /** Template engines: `BACKEND`, `DIRS`, `APP_DIRS` and `OPTIONS` each. */
  TEMPLATES: setting(listOf(templateEngine), []),
  /** The class that renders forms. */
  FORM_RENDERER: setting(text, "tsgo/forms/renderers:DjangoTemplates"),
  /** Whether a URL field takes an address without a scheme for https. */
  FORMS_URLFIELD_ASSUME_HTTPS: setting(boolean, false),
  /** Folders with fixtures, beside those of the applications. */
  FIXTURE_DIRS: setting(listOf(text), []),
  /** Applications whose rows a test that commits need not restore. */
  TEST_NON_SERIALIZED_APPS: setting(listOf(text), []),
  /** Which log messages are kept, and where they go. */
  LOGGING: setting(logging, {}),
};
