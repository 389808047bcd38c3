import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError, VariableDoesNotExist } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { Parser } from "../parser/parser.ts";
import type { Rendering } from "../runtime/settle.ts";
import { isTruthy } from "../runtime/truth.ts";
import type { Valuing } from "../walk/resolve.ts";
import { type Walk, walkNodes } from "../walk/walk-nodes.ts";
import { type Condition, parseCondition } from "./if-condition.ts";

interface Branch {
  /** Undefined for what stands behind `{% else %}`. */
  readonly condition: Condition | undefined;
  readonly nodelist: NodeList;
}

/** `{% if a and b %}...{% elif c %}...{% else %}...{% endif %}`. */
export function ifTag(parser: Parser, token: Token): Node {
  const branches: Branch[] = [];
  let tag = token;
  let ends = ["elif", "else", "endif"];
  do {
    const isElse = tag.contents === "else";
    const condition = isElse ? undefined : parseCondition(parser, tag.splitContents().slice(1));
    if (isElse) ends = ["endif"];
    branches.push({ condition, nodelist: parser.parse(ends) });
    tag = parser.nextToken();
  } while (tag.contents === "else" || /^elif\b/.test(tag.contents));
  if (tag.contents !== "endif") {
    throw new TemplateSyntaxError(`Malformed template tag on line ${tag.line}: "${tag.contents}"`);
  }
  return new IfNode(branches);
}

class IfNode extends Node {
  readonly #branches: readonly Branch[];

  constructor(branches: readonly Branch[]) {
    super();
    this.#branches = branches;
  }

  override get childNodelists(): readonly NodeList[] {
    return this.#branches.map(({ nodelist }) => nodelist);
  }

  override *walk(walk: Walk): Rendering {
    for (const { condition, nodelist } of this.#branches) {
      if (condition === undefined || (yield* holds(condition, walk)) === true) return yield* walkNodes(nodelist, walk);
    }
    return "";
  }

  override compile(generator: Generator): void {
    this.#compileFrom(generator, 0);
  }

  #compileFrom(generator: Generator, index: number): void {
    const branch = this.#branches[index];
    if (branch === undefined) return;
    if (branch.condition === undefined) {
      generator.nodes(branch.nodelist);
      return;
    }
    generator.branch(`if(${testCode(generator, branch.condition)})`, () => {
      generator.nodes(branch.nodelist);
    });
    if (index + 1 >= this.#branches.length) return;
    generator.otherwise(() => {
      this.#compileFrom(generator, index + 1);
    });
  }
}

function testCode(generator: Generator, condition: Condition): string {
  if (!condition.hasFilters) return condition.test(generator);
  // A filter whose argument does not exist makes the condition false.
  const test = generator.temp();
  generator.statement(`try{${test}=${condition.test(generator)}}catch(e){${test}=FALSE(e)}`);
  return test;
}

function* holds(condition: Condition, walk: Walk): Valuing {
  try {
    return isTruthy(yield* condition.walk(walk));
  } catch (error) {
    // A filter whose argument does not exist makes the condition false.
    if (condition.hasFilters && error instanceof VariableDoesNotExist) return false;
    throw error;
  }
}
