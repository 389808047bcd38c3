// One template: its source, read and compiled.

import type { GeneratorOptions } from "./compiler/generator.ts";
import { NodeFunction } from "./compiler/node-function.ts";
import { Context, type ContextValues } from "./context/context.ts";
import type { Engine } from "./engine.ts";
import { tokenize } from "./lexer/lexer.ts";
import type { NodeList } from "./nodes/node-list.ts";
import { Node } from "./nodes/node.ts";
import { Origin, UNKNOWN_SOURCE } from "./origin.ts";
import { PARTIALS, type Partials } from "./partials.ts";
import { Parser } from "./parser/parser.ts";
import type { CompiledBlock } from "./runtime/blocks.ts";
import { type Rendered, finallyDo } from "./runtime/settle.ts";
import { templateRendered } from "./signals.ts";
import { blocksOf } from "./tags/block.ts";

/** What a part of a template has in place of a source to be read. */
export interface TemplatePart {
  readonly nodelist: NodeList;
  readonly extraData: ReadonlyMap<string, unknown>;
}

/**
 * A template of the Django language. It is read when it is made, and compiled when it is first rendered.
 * Django: `django.template.base.Template`.
 *
 * @example
 * const template = new Template("Hello {{ name }}", new Engine());
 * template.render(new Context({ name: "<Ada>" })); // "Hello &lt;Ada&gt;"
 *
 * @throws TemplateSyntaxError with the place in the source.
 */
export class Template {
  readonly source: string;
  readonly engine: Engine;
  readonly origin: Origin;
  /** The name that it was asked for by, where it was. */
  readonly name: string | undefined;
  readonly nodelist: NodeList;
  /** What tags left for others in the same template while it was read. */
  readonly extraData: ReadonlyMap<string, unknown>;
  /** Whether this extends another template. */
  readonly hasParent: boolean;
  #body: NodeFunction | undefined;
  #blocks: readonly CompiledBlock[] | undefined;

  /** @param part Nodes that were read already, for a part of a template. */
  constructor(source: string, engine: Engine, origin: Origin = new Origin(UNKNOWN_SOURCE), part?: TemplatePart) {
    this.source = source;
    this.engine = engine;
    this.origin = origin;
    this.name = origin.templateName;
    if (part !== undefined) {
      this.nodelist = part.nodelist;
      this.extraData = part.extraData;
      this.hasParent = false;
      return;
    }
    const { libraries, builtins } = engine;
    const parser = new Parser(tokenize(source), { libraries, builtins, origin, source });
    this.nodelist = parser.parse();
    this.extraData = parser.extraData;
    this.hasParent = startsWithParent(this.nodelist);
  }

  /**
   * Renders with a context or plain variables.
   *
   * @returns The text, or a promise of it where a value in the template had to be awaited.
   */
  render(context: Context | ContextValues = {}): Rendered {
    const bound = context instanceof Context ? context : new Context(context, { autoescape: this.engine.autoescape });
    if (bound.template !== undefined) return this.renderIn(bound);
    bound.template = this;
    return finallyDo(
      () => this.renderIn(bound),
      () => {
        bound.template = undefined;
      },
    );
  }

  /** Renders as a part of another template, with a state of its own for tags. */
  renderIn(context: Context): Rendered {
    const leave = context.renderContext.enter(this);
    return finallyDo(() => this.renderAsParent(context), leave);
  }

  /** Renders in the place of a child that extends this, with the state of the child. */
  renderAsParent(context: Context): Rendered {
    if (templateRendered.hasListeners(this)) templateRendered.send({ sender: this, template: this, context });
    this.#body ??= new NodeFunction(this.nodelist, this.#options);
    return this.#body.run(context, undefined);
  }

  /** The part that `{% partialdef name %}` made, as a template of its own; undefined where there is none. */
  partial(name: string): Template | undefined {
    const nodelist = (this.extraData.get(PARTIALS) as Partials | undefined)?.get(name);
    if (nodelist === undefined) return undefined;
    const { origin, engine, source, extraData } = this;
    const named = new Origin(origin.name, `${origin.templateName ?? ""}#${name}`, origin.loaderName);
    return new Template(source, engine, named, { nodelist, extraData });
  }

  /** The blocks that stand in this template, ready to be run. */
  get blocks(): readonly CompiledBlock[] {
    this.#blocks ??= blocksOf(this.extraData).map((node) => node.compiled(this.#options));
    return this.#blocks;
  }

  /** Compiles now what otherwise is compiled when it is first put out. */
  compile(): void {
    this.#body ??= new NodeFunction(this.nodelist, this.#options);
    this.#body.compile();
    for (const { body } of this.blocks) body.compile();
    for (const list of this.#listsApart()) new NodeFunction(list, this.#options).compile();
  }

  // What is put out through the `render` of a list: partials, and what stands inside of tags with a `render`.
  #listsApart(): Iterable<NodeList> {
    const partials = this.extraData.get(PARTIALS) as Partials | undefined;
    const rendering = this.nodelist.getNodesByType(Node).filter((node) => node.compile === undefined);
    return [...(partials?.values() ?? []), ...rendering.flatMap((node) => node.childNodelists)];
  }

  get #options(): GeneratorOptions {
    return { template: this, stringIfInvalid: this.engine.stringIfInvalid };
  }

  toString(): string {
    return `<Template ${this.name ?? this.origin.name}>`;
  }
}

function startsWithParent(nodes: NodeList): boolean {
  for (const node of nodes) if (!node.isText) return node.mustBeFirst;
  return false;
}
