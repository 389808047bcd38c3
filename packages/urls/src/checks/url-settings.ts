import { type CheckMessage, Error as CheckError } from "@tsgo/core/checks";
import { settings } from "@tsgo/core/conf";

/** Looks at the settings that paths are appended to. */
export function checkUrlSettings(): CheckMessage[] {
  return (["STATIC_URL", "MEDIA_URL"] as const).flatMap((name) => {
    const value = settings[name];
    if (value === null || value === "" || value.endsWith("/")) return [];
    return new CheckError(`The ${name} setting is '${value}'. It has to end in a slash.`, { id: "urls.E006" });
  });
}
