// Functions that stand between a field and its lookup: `pubDate__year__gt`.

import type { Expression } from "../expressions/expression.ts";
import { Func } from "../expressions/func.ts";

/** A function of one value that can be named in a lookup. */
export abstract class Transform<T = unknown> extends Func<T> {
  static readonly lookupName: string = "";
  static readonly isTransform: boolean = true;

  get lhs(): Expression {
    return this.source(0);
  }
}

/** The class of a transform. */
export interface TransformClass {
  readonly lookupName: string;
  new (lhs: Expression): Expression;
}
