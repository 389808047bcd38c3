import { settings } from "../../conf/settings.ts";
import { type CheckMessage, Warning } from "../messages.ts";

const LEAST_LENGTH = 50;
const LEAST_DIFFERENT = 5;

/** Keys that can be guessed, and what a site must not show or answer to. */
export function checkExposure(): CheckMessage[] {
  const messages: CheckMessage[] = [];
  if (isWeak(readKey())) messages.push(weakKey("SECRET_KEY", "security.W009"));
  for (const [index, key] of settings.SECRET_KEY_FALLBACKS.entries())
    if (isWeak(key)) messages.push(weakKey(`SECRET_KEY_FALLBACKS[${index}]`, "security.W025"));
  if (settings.DEBUG) messages.push(new Warning("DEBUG must not be true in production.", { id: "security.W018" }));
  if (settings.ALLOWED_HOSTS.length === 0)
    messages.push(new Warning("ALLOWED_HOSTS must not be empty in production.", { id: "security.W020" }));
  if (settings.ALLOWED_HOSTS.includes("*"))
    messages.push(
      new Warning("ALLOWED_HOSTS has '*', so a forged Host header can get into links, mails and caches.", {
        hint: "Name the hosts of the site, such as 'example.com' or '.example.com'.",
        id: "tsgo.security.W001",
      }),
    );
  return messages;
}

// An empty key cannot even be read.
function readKey(): string {
  try {
    return settings.SECRET_KEY;
  } catch {
    return "";
  }
}

function isWeak(key: string): boolean {
  return key.length < LEAST_LENGTH || new Set(key).size < LEAST_DIFFERENT;
}

function weakKey(name: string, id: string): CheckMessage {
  return new Warning(
    `${name} has fewer than ${LEAST_LENGTH} characters or fewer than ${LEAST_DIFFERENT} different ones. Whoever guesses ` +
      "it can forge sessions and signed links: use a long random value.",
    { id },
  );
}
