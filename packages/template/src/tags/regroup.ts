import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { equals } from "../runtime/compare.ts";

/** `{% regroup cities by country as countries %}`: puts neighbours that have something in common together. */
export function regroup(parser: Parser, token: Token): Node {
  const [, target, by, attribute, as, name, ...more] = token.splitContents();
  if (target === undefined || attribute === undefined || name === undefined || more.length > 0) {
    throw new TemplateSyntaxError("The tag 'regroup' takes five arguments, as in 'regroup list by attribute as name'.");
  }
  if (by !== "by") throw new TemplateSyntaxError("The second argument of 'regroup' must be 'by'.");
  if (as !== "as") throw new TemplateSyntaxError("The argument before the last of 'regroup' must be 'as'.");
  return new RegroupNode(parser.compileFilter(target), parser.compileFilter(`${name}.${attribute}`), name);
}

/** Items that have something in common: also a pair of `grouper` and `list`. Django: `GroupedResult`. */
export class GroupedResult implements Iterable<unknown> {
  /** What they have in common. */
  readonly grouper: unknown;
  readonly list: unknown[] = [];

  constructor(grouper: unknown) {
    this.grouper = grouper;
  }

  get 0(): unknown {
    return this.grouper;
  }

  get 1(): unknown[] {
    return this.list;
  }

  *[Symbol.iterator](): Iterator<unknown> {
    yield this.grouper;
    yield this.list;
  }
}

class RegroupNode extends Node {
  readonly #target: FilterExpression;
  readonly #key: FilterExpression;
  readonly #name: string;

  constructor(target: FilterExpression, key: FilterExpression, name: string) {
    super();
    this.#target = target;
    this.#key = key;
    this.#name = name;
  }

  override get assigns(): readonly string[] {
    return [this.#name];
  }

  override compile(generator: Generator): void {
    const [items, groups, index] = [generator.temp("s"), generator.temp("g"), generator.temp("i")];
    const add = generator.constant(addToGroups);
    generator.statement(`${items}=I(${generator.valueOrNull(this.#target)});${groups}=[];`);
    generator.layer([], (layer) => {
      const set = layer.declare(this.#name);
      generator.branch(`for(${index}=0;${index}<${items}.length;${index}++)`, () => {
        set(`${items}[${index}]`);
        generator.statement(`${add}(${groups},${generator.valueOrNull(this.#key)},${items}[${index}]);`);
      });
    });
    generator.assign(this.#name, groups);
  }
}

function addToGroups(groups: GroupedResult[], key: unknown, item: unknown): void {
  const last = groups.at(-1);
  const group = last !== undefined && equals(last.grouper, key) ? last : new GroupedResult(key);
  if (group !== last) groups.push(group);
  group.list.push(item);
}
