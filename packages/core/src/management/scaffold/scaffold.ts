import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";

import { CommandError } from "../command-error.ts";
import { type Subject, validateName } from "./names.ts";
import { type Placeholders, renderPath, renderText } from "./render.ts";
import type { ScaffoldOptions } from "./scaffold-arguments.ts";
import { type TemplateFile, builtinTemplate, givenTemplate, listTemplate } from "./template-folder.ts";
import { type NewFile, addToTree, createTree } from "./write-tree.ts";

/** What `startproject` and `startapp` differ in. */
export interface ScaffoldPlan {
  readonly subject: Subject;
  readonly builtin: "project" | "app";
  readonly values: Placeholders;
}

/** Copies a template under its new name. Gives the folder. Throws CommandError, with nothing written. */
export function scaffold(options: ScaffoldOptions, { subject, builtin, values }: ScaffoldPlan): string {
  const target = options.directory === undefined ? resolve(options.name) : existingFolder(options.directory, subject);
  const isOwn = options.template !== undefined;
  const folder = options.template === undefined ? builtinTemplate(builtin) : givenTemplate(options.template);
  const files = listTemplate(folder, splitAtCommas(options.exclude)).map((file) =>
    renderFile(file, values, !isOwn || hasPlaceholders(file, options)),
  );
  if (options.directory === undefined) createTree(target, files);
  else addToTree(target, files);
  return target;
}

function existingFolder(directory: string, subject: Subject): string {
  const target = resolve(directory);
  if (subject === "application") validateName(basename(target), subject, "directory");
  if (!existsSync(target)) throw new CommandError(`The folder '${target}' does not exist. Make it first.`);
  return target;
}

function hasPlaceholders({ path }: TemplateFile, options: ScaffoldOptions): boolean {
  const name = basename(path);
  const endings = splitAtCommas(options.extensions).map((ending) => (ending.startsWith(".") ? ending : `.${ending}`));
  return (
    splitAtCommas(options.files).includes(name) ||
    endings.some((ending) => name.endsWith(ending) || name.endsWith(`${ending}-tpl`))
  );
}

function renderFile({ source, path, mode }: TemplateFile, values: Placeholders, render: boolean): NewFile {
  const newPath = renderPath(path, values);
  const content = readFileSync(source);
  return {
    path: newPath,
    content: render ? renderText(content.toString("utf8"), values) : content,
    // Secrets are for their owner alone.
    mode: basename(newPath) === ".env" ? 0o600 : mode & 0o777,
  };
}

function splitAtCommas(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(",")).map((value) => value.trim());
}
