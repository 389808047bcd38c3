// `{% load tz %}`: in which time zone dates are shown.

import { getCurrentTimezone, override } from "@tsgo/i18n/timezone";

import { textForm } from "@tsgo/utils/text-form";

import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Library } from "../library/library.ts";
import { Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { requireTarget } from "../tags/assignments.ts";
import { inZone } from "../runtime/zoned.ts";
import { parseSwitch } from "./switch.ts";

function compileLocaltime(parser: Parser, token: Token): Node {
  const on = parseSwitch(token);
  const nodelist = parser.parse(["endlocaltime"]);
  parser.deleteFirstToken();
  return new LocaltimeNode(nodelist, on);
}

class LocaltimeNode extends Node {
  readonly nodelist: NodeList;
  readonly #on: boolean;

  constructor(nodelist: NodeList, on: boolean) {
    super();
    this.nodelist = nodelist;
    this.#on = on;
  }

  override compile(generator: Generator): void {
    generator.withContextOption("useTz", String(this.#on), this.nodelist);
  }
}

function compileTimezone(parser: Parser, token: Token): Node {
  const [, zone, ...more] = token.splitContents();
  if (zone === undefined || more.length > 0)
    throw new TemplateSyntaxError("The tag 'timezone' takes one argument, a time zone.");
  const nodelist = parser.parse(["endtimezone"]);
  parser.deleteFirstToken();
  return new TimezoneNode(nodelist, parser.compileFilter(zone));
}

class TimezoneNode extends Node {
  readonly nodelist: NodeList;
  readonly #zone: FilterExpression;

  constructor(nodelist: NodeList, zone: FilterExpression) {
    super();
    this.nodelist = nodelist;
    this.#zone = zone;
  }

  override compile(generator: Generator): void {
    const zone = generator.temp();
    generator.statement(`${zone}=${generator.value(this.#zone)};`);
    const rendering = generator.inner(() => {
      generator.nodes(this.nodelist);
    });
    const within = generator.constant((name: unknown, render: () => unknown) =>
      override(name === null || name === "" ? null : textForm(name), render),
    );
    generator.writeRendered(`${within}(${zone},()=>${rendering})`);
  }
}

function compileCurrentTimezone(_parser: Parser, token: Token): Node {
  return new CurrentTimezoneNode(requireTarget("get_current_timezone", token.splitContents(), 1));
}

class CurrentTimezoneNode extends Node {
  readonly #target: string;

  constructor(target: string) {
    super();
    this.#target = target;
  }

  override get assigns(): readonly string[] {
    return [this.#target];
  }

  override compile(generator: Generator): void {
    generator.assign(this.#target, `${generator.constant(getCurrentTimezone)}()`);
  }
}

/** Makes the library `tz`. */
export function tzLibrary(): Library {
  const register = new Library();
  register.filter("localtime", (value: unknown) => inZone(value, getCurrentTimezone()));
  register.filter("utc", (value: unknown) => inZone(value, "UTC"));
  register.filter("timezone", (value: unknown, zone: unknown) => inZone(value, zone));
  register.tag("localtime", compileLocaltime);
  register.tag("timezone", compileTimezone);
  register.tag("get_current_timezone", compileCurrentTimezone);
  return register;
}
