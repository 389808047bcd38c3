import type { Generator } from "../compiler/generator.ts";
import type { Context } from "../context/context.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { type ContextUse, Node } from "../nodes/node.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";

const NAMED = "named cycles";
const LAST = "last cycle";

/** `{% cycle "odd" "even" as row silent %}`: the next of several values each time it is reached. */
export function cycle(parser: Parser, token: Token): Node {
  const [, ...words] = token.splitContents();
  if (words.length === 0) throw new TemplateSyntaxError("The tag 'cycle' requires at least one argument.");
  const node = words.length === 1 ? namedCycle(parser, words[0] ?? "") : newCycle(parser, words);
  parser.extraData.set(LAST, node);
  return node;
}

function named(parser: Parser): Map<string, CycleNode> {
  const known = parser.extraData.get(NAMED) as Map<string, CycleNode> | undefined;
  if (known !== undefined) return known;
  const made = new Map<string, CycleNode>();
  parser.extraData.set(NAMED, made);
  return made;
}

function namedCycle(parser: Parser, name: string): CycleNode {
  const node = named(parser).get(name);
  if (node === undefined) throw new TemplateSyntaxError(`There is no cycle called '${name}' before this place.`);
  return node;
}

function newCycle(parser: Parser, words: readonly string[]): CycleNode {
  const asAt = words.length > 2 ? words.length - 2 : -1;
  let values = words;
  let name: string | undefined;
  let silent = false;
  if (words[asAt - 1] === "as" && asAt >= 1) {
    const flag = words[asAt + 1] ?? "";
    if (flag !== "silent") {
      throw new TemplateSyntaxError(`Only the flag 'silent' is allowed behind the name of a cycle, not '${flag}'.`);
    }
    silent = true;
    name = words[asAt];
    values = words.slice(0, asAt - 1);
  } else if (words[asAt] === "as") {
    name = words[asAt + 1];
    values = words.slice(0, asAt);
  }
  const node = new CycleNode(
    values.map((word) => parser.compileFilter(word)),
    name,
    silent,
  );
  if (name !== undefined) named(parser).set(name, node);
  return node;
}

/** `{% resetcycle name %}`: lets a cycle begin anew. */
export function resetcycle(parser: Parser, token: Token): Node {
  const [, name, ...more] = token.splitContents();
  if (more.length > 0) throw new TemplateSyntaxError("The tag 'resetcycle' accepts at most one argument.");
  const node = name === undefined ? parser.extraData.get(LAST) : named(parser).get(name);
  if (!(node instanceof CycleNode)) {
    throw new TemplateSyntaxError(
      name === undefined ? "There is no cycle before this place." : `There is no cycle called '${name}'.`,
    );
  }
  return new ResetCycleNode(node);
}

class CycleNode extends Node {
  readonly #values: readonly FilterExpression[];
  readonly #name: string | undefined;
  readonly #silent: boolean;

  constructor(values: readonly FilterExpression[], name: string | undefined, silent: boolean) {
    super();
    this.#values = values;
    this.#name = name;
    this.#silent = silent;
  }

  // A named cycle sets its variable in whichever layer has it already.
  override get contextUse(): ContextUse {
    return this.#name === undefined ? "none" : "writes";
  }

  override compile(generator: Generator): void {
    const value = generator.temp();
    const step = generator.constant((context: Context) => this.#advance(context));
    generator.branch(`switch(${step}(c))`, () => {
      for (const [index, expression] of this.#values.entries()) {
        generator.statement(`case ${index}:${value}=${generator.value(expression)};break;`);
      }
    });
    if (this.#name !== undefined) generator.statement(`c.setUpward(${JSON.stringify(this.#name)},${value});`);
    if (!this.#silent) generator.printValue(value);
  }

  #advance(context: Context): number {
    const index = context.renderContext.getOrMake(this, () => 0);
    context.renderContext.set(this, (index + 1) % this.#values.length);
    return index;
  }
}

class ResetCycleNode extends Node {
  readonly #cycle: CycleNode;

  constructor(node: CycleNode) {
    super();
    this.#cycle = node;
  }

  override compile(generator: Generator): void {
    generator.statement(`c.renderContext.set(${generator.constant(this.#cycle)},0);`);
  }
}
