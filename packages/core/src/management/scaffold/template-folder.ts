import { existsSync, lstatSync, readdirSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { SuspiciousFileOperation } from "../../exceptions/request.ts";
import { CommandError } from "../command-error.ts";
import { checkoutFolder } from "./checkout.ts";

/** A file of a template. */
export interface TemplateFile {
  /** Absolute. */
  readonly source: string;
  /** From the template's folder, with slashes. */
  readonly path: string;
  readonly mode: number;
}

/** The folder of a built-in template: at the root of a checkout, or in the published package. */
export function builtinTemplate(name: "project" | "app"): string {
  const home = checkoutFolder() ?? fileURLToPath(new URL("../../..", import.meta.url));
  return join(home, "templates", name);
}

/** The folder that `--template` names. Throws CommandError for archives, addresses, and what is no folder. */
export function givenTemplate(template: string): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(template))
    throw new CommandError(`--template takes a folder; download '${template}' and unpack it first.`);
  const folder = isAbsolute(template) ? template : resolve(template);
  if (!existsSync(folder)) throw new CommandError(`There is no template folder '${template}'.`);
  if (!lstatSync(folder).isDirectory())
    throw new CommandError(`--template takes a folder, and '${template}' is none. Unpack an archive first.`);
  return folder;
}

/**
 * The files of a template. Folders named in `exclude` are left out. Throws SuspiciousFileOperation for a link
 * or anything else that is neither file nor folder: it could bring in what lies elsewhere.
 */
export function listTemplate(folder: string, exclude: readonly string[], path = ""): TemplateFile[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const inside = path === "" ? entry.name : `${path}/${entry.name}`;
    const source = join(folder, inside);
    if (entry.isDirectory())
      return exclude.includes(entry.name) || isHidden(entry.name, exclude) ? [] : listTemplate(folder, exclude, inside);
    if (!entry.isFile())
      throw new SuspiciousFileOperation(`The template has '${inside}', which is a link and not a file. Remove it.`);
    return [{ source, path: inside, mode: lstatSync(source).mode }];
  });
}

// Folders that version control and editors keep are left out, unless the user says what to leave out.
function isHidden(name: string, exclude: readonly string[]): boolean {
  return exclude.length === 0 && (name.startsWith(".") || name === "node_modules");
}
