import { settings } from "../../conf/settings.ts";
import { type CheckMessage, Error as CheckError, Warning } from "../messages.ts";
import { hasMiddleware, middleware } from "./middleware.ts";

const REFERRER_POLICIES = new Set([
  "no-referrer",
  "no-referrer-when-downgrade",
  "origin",
  "origin-when-cross-origin",
  "same-origin",
  "strict-origin",
  "strict-origin-when-cross-origin",
  "unsafe-url",
]);
const OPENER_POLICIES = new Set(["same-origin", "same-origin-allow-popups", "unsafe-none"]);

/** What SecurityMiddleware and its kin would do, and do not. */
export function checkHeaders(): CheckMessage[] {
  return [...checkMiddleware(), ...(hasMiddleware("security") ? checkSecurityMiddleware() : [])];
}

function checkMiddleware(): CheckMessage[] {
  const messages: CheckMessage[] = [];
  if (!hasMiddleware("security"))
    messages.push(
      new Warning(
        `MIDDLEWARE does not have '${middleware.security}', so SECURE_HSTS_SECONDS, SECURE_CONTENT_TYPE_NOSNIFF, ` +
          "SECURE_REFERRER_POLICY, SECURE_CROSS_ORIGIN_OPENER_POLICY and SECURE_SSL_REDIRECT have no effect.",
        { id: "security.W001" },
      ),
    );
  if (!hasMiddleware("clickjacking"))
    messages.push(
      new Warning(
        `MIDDLEWARE does not have '${middleware.clickjacking}', so pages can be shown in frames of other sites, ` +
          "where a visitor may click on what they do not see.",
        { id: "security.W002" },
      ),
    );
  else if (settings.X_FRAME_OPTIONS !== "DENY")
    messages.push(
      new Warning("X_FRAME_OPTIONS is not 'DENY'. Leave it so only where the site shows itself in frames.", {
        id: "security.W019",
      }),
    );
  return messages;
}

function checkSecurityMiddleware(): CheckMessage[] {
  return [...checkHsts(), ...checkTransport(), ...checkPolicies()];
}

function checkHsts(): CheckMessage[] {
  if (settings.SECURE_HSTS_SECONDS === 0)
    return [
      new Warning(
        "SECURE_HSTS_SECONDS is not set. If the whole site is served over https only, set it, and browsers will not " +
          "be led to http. Begin with a small value: what browsers have been told cannot be taken back.",
        { id: "security.W004" },
      ),
    ];
  const messages: CheckMessage[] = [];
  if (!settings.SECURE_HSTS_INCLUDE_SUBDOMAINS)
    messages.push(
      new Warning(
        "SECURE_HSTS_INCLUDE_SUBDOMAINS is not true, so a subdomain over http can be used against the site.",
        {
          hint: "Set it only if all subdomains are served over https only.",
          id: "security.W005",
        },
      ),
    );
  if (!settings.SECURE_HSTS_PRELOAD)
    messages.push(
      new Warning("SECURE_HSTS_PRELOAD is not true, so the site cannot be put on the preload lists of browsers.", {
        id: "security.W021",
      }),
    );
  return messages;
}

function checkTransport(): CheckMessage[] {
  const messages: CheckMessage[] = [];
  if (!settings.SECURE_CONTENT_TYPE_NOSNIFF)
    messages.push(
      new Warning("SECURE_CONTENT_TYPE_NOSNIFF is not true, so browsers may guess the content types of responses.", {
        id: "security.W006",
      }),
    );
  if (!settings.SECURE_SSL_REDIRECT)
    messages.push(
      new Warning("SECURE_SSL_REDIRECT is not true, so the site also answers over http.", {
        hint: "Set it, or let the proxy in front redirect, unless the site shall be served both ways.",
        id: "security.W008",
      }),
    );
  return messages;
}

function checkPolicies(): CheckMessage[] {
  const messages: CheckMessage[] = [];
  const { SECURE_REFERRER_POLICY: referrer, SECURE_CROSS_ORIGIN_OPENER_POLICY: opener } = settings;
  if (referrer === null)
    messages.push(
      new Warning("SECURE_REFERRER_POLICY is not set, so other sites may be told which page led to them.", {
        hint: "'same-origin' tells them nothing.",
        id: "security.W022",
      }),
    );
  else if (!referrerPolicies(referrer).every((policy) => REFERRER_POLICIES.has(policy)))
    messages.push(
      new CheckError("SECURE_REFERRER_POLICY has a value that browsers do not know.", {
        hint: `The values are: ${[...REFERRER_POLICIES].join(", ")}.`,
        id: "security.E023",
      }),
    );
  if (opener !== null && !OPENER_POLICIES.has(opener))
    messages.push(
      new CheckError("SECURE_CROSS_ORIGIN_OPENER_POLICY has a value that browsers do not know.", {
        hint: `The values are: ${[...OPENER_POLICIES].join(", ")}.`,
        id: "security.E024",
      }),
    );
  return messages;
}

function referrerPolicies(value: string | readonly string[]): string[] {
  return (typeof value === "string" ? value.split(",") : [...value]).map((policy) => policy.trim());
}
