import { isBuiltin } from "node:module";

import { findFolder, findModule, isPackage } from "../../loading/resolve.ts";
import { CommandError } from "../command-error.ts";

/** What is being made, as messages call it. */
export type Subject = "project" | "application";

// A name ends in paths, in code and in table names of databases that cut at 63.
const LONGEST = 63;

// Names that a class, a variable or an import cannot have, or that every object answers to.
const RESERVED = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally for " +
    "function if implements import in instanceof interface let new null package private protected public return static " +
    "super switch this throw true try typeof var void while with yield eval arguments undefined " +
    "constructor prototype __proto__ hasOwnProperty toString valueOf"
  ).split(" "),
);

// What Windows takes for a device, and what a project has for folders of its own.
const FOLDERS = /^(con|prn|aux|nul|com\d|lpt\d|node_modules|dist)$/i;

/**
 * Refuses a name that cannot be one: not an identifier, reserved, or that of a module which could then no longer be
 * told from it. Throws CommandError with the rule.
 */
export function validateName(name: string, subject: Subject, what: "name" | "directory" = "name"): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw new CommandError(
      `${show(name)} is not a valid ${subject} ${what}. It must be an identifier: letters a to z, digits and ` +
        "underscores, and no digit first.",
    );
  if (name.length > LONGEST)
    throw new CommandError(`The ${subject} ${what} ${show(name)} is too long: ${LONGEST} characters at most.`);
  if (RESERVED.has(name) || FOLDERS.test(name))
    throw new CommandError(
      `'${name}' is a reserved word and cannot be the ${what} of ${article(subject)}. Try another.`,
    );
  if (what === "name") refuseKnownModule(name, subject);
}

function refuseKnownModule(name: string, subject: Subject): void {
  // Some, such as `test`, have no name without the prefix.
  if (isBuiltin(`node:${name}`))
    throw new CommandError(
      `'${name}' conflicts with the name of a module of Node and cannot be the name of ${article(subject)}. Try another.`,
    );
  if (
    isPackage(name) ||
    findModule(name) !== undefined ||
    (subject === "application" && findFolder(name) !== undefined)
  )
    throw new CommandError(
      `'${name}' conflicts with the name of an existing module, package or folder and cannot be the name of ` +
        `${article(subject)}. Try another.`,
    );
}

function article(subject: Subject): string {
  return subject === "application" ? "an application" : "a project";
}

function show(name: string): string {
  return `'${name.length > 80 ? `${name.slice(0, 80)}...` : name}'`;
}
