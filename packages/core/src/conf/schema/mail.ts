import { boolean, count, nullable, seconds, text } from "../kinds.ts";
import { setting } from "../setting.ts";

/** Sending mail. */
export const mail = {
  /** The sender of ordinary mail. */
  DEFAULT_FROM_EMAIL: setting(text, "webmaster@localhost"),
  /** The sender of mail about errors. */
  SERVER_EMAIL: setting(text, "root@localhost"),
  /** The class that sends. */
  EMAIL_BACKEND: setting(text, "tsgo/mail/backends/smtp:EmailBackend"),
  EMAIL_HOST: setting(text, "localhost"),
  EMAIL_HOST_USER: setting(text, ""),
  EMAIL_HOST_PASSWORD: setting(text, ""),
  EMAIL_PORT: setting(count, 25),
  /** A file with the certificate to present. */
  EMAIL_SSL_CERTFILE: setting(nullable(text), null),
  /** A file with the key to that certificate. */
  EMAIL_SSL_KEYFILE: setting(nullable(text), null),
  /** Begins the subjects of mail to ADMINS and MANAGERS. */
  EMAIL_SUBJECT_PREFIX: setting(text, "[tsgo] "),
  /** Seconds to wait for the server; null for ever. */
  EMAIL_TIMEOUT: setting(nullable(seconds), null),
  /** Dates mail in TIME_ZONE and not in UTC. */
  EMAIL_USE_LOCALTIME: setting(boolean, false),
  /** TLS from the first byte (usually port 465). */
  EMAIL_USE_SSL: setting(boolean, false),
  /** TLS by STARTTLS (usually port 587). */
  EMAIL_USE_TLS: setting(boolean, false),
};
