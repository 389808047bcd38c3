import { boolean, count, listOf, nullable, oneOf, recordOf, shape, anything, text } from "../kinds.ts";
import { setting } from "../setting.ts";

/** Sessions, users, passwords and messages. */
export const sessions = {
  /** The cache of cached sessions. */
  SESSION_CACHE_ALIAS: setting(text, "default"),
  /** Seconds that a session lives. */
  SESSION_COOKIE_AGE: setting(count, 60 * 60 * 24 * 7 * 2),
  /** Domain of the session cookie. */
  SESSION_COOKIE_DOMAIN: setting(nullable(text), null),
  /** Hides the session cookie from scripts. */
  SESSION_COOKIE_HTTPONLY: setting(boolean, true),
  /** Name of the session cookie. */
  SESSION_COOKIE_NAME: setting(text, "sessionid"),
  /** Path of the session cookie. */
  SESSION_COOKIE_PATH: setting(text, "/"),
  /** SameSite of the session cookie; false for none. */
  SESSION_COOKIE_SAMESITE: setting(nullable(oneOf("Lax", "Strict", "None", false)), "Lax"),
  /** Sends the session cookie over https only. */
  SESSION_COOKIE_SECURE: setting(boolean, false),
  /** The module that keeps sessions. */
  SESSION_ENGINE: setting(text, "tsgo/contrib/sessions/backends/db"),
  /** Ends the session when the browser closes. */
  SESSION_EXPIRE_AT_BROWSER_CLOSE: setting(boolean, false),
  /** The folder of sessions in files; null for the system's own temporary folder. */
  SESSION_FILE_PATH: setting(nullable(text), null),
  /** Saves the session at every request and not only when it changed. */
  SESSION_SAVE_EVERY_REQUEST: setting(boolean, false),
  /** The class that turns session data into text. */
  SESSION_SERIALIZER: setting(text, "tsgo/contrib/sessions/serializers:JSONSerializer"),

  /** Who can tell a user by credentials. */
  AUTHENTICATION_BACKENDS: setting(listOf(text), ["tsgo/contrib/auth/backends:ModelBackend"]),
  /** What a password must be: `NAME` and `OPTIONS` each. */
  AUTH_PASSWORD_VALIDATORS: setting(listOf(shape({ NAME: text }, { OPTIONS: recordOf(anything) })), []),
  /** The model of users. */
  AUTH_USER_MODEL: setting(text, "auth.User"),
  /** Where login leads when nothing says otherwise: a path or the name of a URL. */
  LOGIN_REDIRECT_URL: setting(text, "/accounts/profile/"),
  /** Where those go who must log in: a path or the name of a URL. */
  LOGIN_URL: setting(text, "/accounts/login/"),
  /** Where logout leads; null for a page of its own. */
  LOGOUT_REDIRECT_URL: setting(nullable(text), null),
  /** How passwords are kept: new ones by the first. */
  PASSWORD_HASHERS: setting(listOf(text), [
    "tsgo/contrib/auth/hashers:PBKDF2PasswordHasher",
    "tsgo/contrib/auth/hashers:PBKDF2SHA1PasswordHasher",
    "tsgo/contrib/auth/hashers:Argon2PasswordHasher",
    "tsgo/contrib/auth/hashers:BCryptSHA256PasswordHasher",
    "tsgo/contrib/auth/hashers:ScryptPasswordHasher",
  ]),
  /** Seconds for which a link to reset a password is good. */
  PASSWORD_RESET_TIMEOUT: setting(count, 60 * 60 * 24 * 3),
  /** The class that keeps messages from one request to the next. */
  MESSAGE_STORAGE: setting(text, "tsgo/contrib/messages/storage/fallback:FallbackStorage"),
};
