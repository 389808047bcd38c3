import { readFileSync } from "node:fs";

/** The version of tsgo, as in the package. */
export function version(): string {
  // The same steps lead to the package from `src` and from `dist`.
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
