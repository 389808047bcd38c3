import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository that this file belongs to, or undefined where tsgo is installed as a package. */
export function checkoutFolder(): string | undefined {
  const root = join(fileURLToPath(new URL("../../../../..", import.meta.url)), ".");
  const isCheckout = existsSync(join(root, "packages", "tsgo")) && existsSync(join(root, "packages", "core"));
  return isCheckout ? root : undefined;
}
