import { contextVar } from "@tsgo/core/context";

const prefix = contextVar<string>("scriptPrefix");

/** Sets the path under which the application lies, for the running request. Django: `set_script_prefix`. */
export function setScriptPrefix(path: string): void {
  const value = path.endsWith("/") ? path : `${path}/`;
  if (getScriptPrefix() !== value) prefix.set(value);
}

/** The path under which the application lies, with a slash at its end. Django: `get_script_prefix`. */
export function getScriptPrefix(): string {
  return prefix.get() ?? "/";
}

/** Goes back to `"/"`. Django: `clear_script_prefix`. */
export function clearScriptPrefix(): void {
  prefix.set(undefined);
}
