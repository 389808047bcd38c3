import { settings } from "../../conf/settings.ts";
import { type CheckMessage, Warning } from "../messages.ts";
import { hasMiddleware, middleware } from "./middleware.ts";

/** Cookies that can be read on the way or by scripts, and forms that any site can send. */
export function checkCookies(): CheckMessage[] {
  return [...checkCsrf(), ...checkSessions()];
}

function checkCsrf(): CheckMessage[] {
  if (!hasMiddleware("csrf"))
    return [
      new Warning(`MIDDLEWARE does not have '${middleware.csrf}', so other sites can send the forms of this one.`, {
        hint: "Leave it out only where no page relies on cookies to know its user.",
        id: "security.W003",
      }),
    ];
  if (settings.CSRF_USE_SESSIONS || settings.CSRF_COOKIE_SECURE) return [];
  return [
    new Warning("CSRF_COOKIE_SECURE is not true, so the token can be read where a request goes over http.", {
      id: "security.W016",
    }),
  ];
}

function checkSessions(): CheckMessage[] {
  const messages: CheckMessage[] = [];
  if (!settings.SESSION_COOKIE_SECURE)
    messages.push(...sessionWarning("SESSION_COOKIE_SECURE is not true, so sessions can be stolen over http.", 10));
  if (!settings.SESSION_COOKIE_HTTPONLY)
    messages.push(
      ...sessionWarning("SESSION_COOKIE_HTTPONLY is not true, so scripts in a page can steal sessions.", 13),
    );
  return messages;
}

// Three ids for each: the application is installed, its middleware is used, or both.
function sessionWarning(text: string, first: number): CheckMessage[] {
  const isInstalled = settings.INSTALLED_APPS.some((app) => /^tsgo\/contrib\/sessions(\/|$)/.test(app));
  const isUsed = hasMiddleware("sessions");
  if (!isInstalled && !isUsed) return [];
  const number = isInstalled && isUsed ? first + 2 : isUsed ? first + 1 : first;
  return [new Warning(text, { id: `security.W${String(number).padStart(3, "0")}` })];
}
