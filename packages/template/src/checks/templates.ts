// Reads every template of the project, and follows the names in it.

import { type CheckMessage, Error as CheckError, Warning } from "@tsgo/core/checks";

import { DjangoTemplates } from "../backends/django.ts";
import { describePlace, templateDebug } from "../debug.ts";
import type { Engine } from "../engine.ts";
import { engines } from "../engines.ts";
import { TemplateDoesNotExist } from "../errors.ts";
import type { Node } from "../nodes/node.ts";
import { BlockNode } from "../tags/block.ts";
import { ExtendsNode } from "../tags/extends.ts";
import { IncludeNode } from "../tags/include.ts";
import type { Template } from "../template.ts";

/**
 * Tells of templates that cannot be read, that name others which do not exist, or that have blocks which no parent
 * puts out.
 */
export async function checkTemplates(): Promise<readonly CheckMessage[]> {
  try {
    await engines.prepare();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [new CheckError(`The template engines cannot be made: ${message}`, { id: "templates.E001" })];
  }
  return engines
    .all()
    .filter((backend) => backend instanceof DjangoTemplates)
    .flatMap((backend) => checkEngine(backend.engine));
}

function checkEngine(engine: Engine): CheckMessage[] {
  return engine.templateNames().flatMap((name) => checkTemplate(engine, name));
}

function checkTemplate(engine: Engine, name: string): CheckMessage[] {
  try {
    const template = engine.getTemplate(name);
    // Compiled as well, since that finds what reading does not.
    template.compile();
    return [...checkNames(engine, template), ...checkBlocks(engine, template)];
  } catch (error) {
    return [new CheckError(messageOf(error), { id: "templates.E010", obj: placeOf(error, name) })];
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n  in ", 1)[0] ?? "";
}

function placeOf(error: unknown, name: string): string {
  const debug = templateDebug(error);
  return debug === undefined ? name : `${debug.name}:${debug.line}:${debug.column}`;
}

/** Names of templates that stand in `extends` and `include` as they are. */
function checkNames(engine: Engine, template: Template): CheckMessage[] {
  const { nodelist } = template;
  const nodes = [...nodelist.getNodesByType(ExtendsNode), ...nodelist.getNodesByType(IncludeNode)];
  return nodes.flatMap((node) => {
    const name = node.constantName;
    if (name === undefined || exists(engine, name)) return [];
    const hint =
      "Names are relative to the folders of templates; one that begins with ./ or ../ to the template itself.";
    return [
      new CheckError(`There is no template '${name}'.`, { id: "templates.E011", hint, obj: placeIn(template, node) }),
    ];
  });
}

function exists(engine: Engine, name: string): boolean {
  try {
    engine.getTemplate(name);
    return true;
  } catch (error) {
    // One that cannot be read exists, and is told of by itself.
    return !(error instanceof TemplateDoesNotExist);
  }
}

function placeIn(template: Template, node: Node): string {
  const { source, origin } = template;
  const { start = 0, end = 0 } = node.token ?? {};
  const { name, line, column } = describePlace({ source, origin, start, end });
  return `${name}:${line}:${column}`;
}

/** Blocks beside the parent's: nothing puts them out. */
function checkBlocks(engine: Engine, template: Template): CheckMessage[] {
  const extending = template.nodelist.getNodesByType(ExtendsNode)[0];
  const known = extending === undefined ? undefined : inheritedBlocks(engine, extending);
  if (extending === undefined || known === undefined) return [];
  return [...extending.nodelist]
    .filter((node) => node instanceof BlockNode)
    .filter((block) => !known.has(block.name))
    .map(
      (block) =>
        new Warning(`The block '${block.name}' is in none of the templates that this one extends, and never put out.`, {
          id: "templates.W012",
          obj: placeIn(template, block),
        }),
    );
}

// All blocks of all parents; undefined where one of them is only known when the template is rendered.
function inheritedBlocks(engine: Engine, extending: ExtendsNode): Set<string> | undefined {
  const names = new Set<string>();
  const seen = new Set<string>();
  for (let at: ExtendsNode | undefined = extending; at !== undefined;) {
    const name: string | undefined = at.constantName;
    if (name === undefined || seen.has(name) || !exists(engine, name)) return undefined;
    seen.add(name);
    const { nodelist }: Template = engine.getTemplate(name);
    for (const block of nodelist.getNodesByType(BlockNode)) names.add(block.name);
    at = nodelist.getNodesByType(ExtendsNode)[0];
  }
  return names;
}
