// The two ways along a many-to-many relation.

import type { ForeignKey } from "../../fields/foreign-key.ts";
import type { ManyToManyField } from "../../fields/many-to-many.ts";
import type { ModelClass } from "../model.ts";

/** One direction of a many-to-many relation. */
export interface Direction {
  readonly field: ManyToManyField;
  readonly reverse: boolean;
  /** The attribute on the instance. */
  readonly name: string;
  /** The model of the rows. */
  readonly model: ModelClass;
  /** The foreign key of the link table that leads to the instance. */
  readonly source: ForeignKey;
  /** The foreign key of the link table that leads to the rows. */
  readonly target: ForeignKey;
  /** How the instance is reached from the rows in a query. */
  readonly queryName: string;
}

/** The way from the model that has the field. */
export function forwardDirection(field: ManyToManyField): Direction {
  return {
    field,
    reverse: false,
    name: field.name,
    model: field.remoteField.model,
    source: field.sourceLink,
    target: field.targetLink,
    queryName: field.relatedQueryName(),
  };
}

/** The way back to it. */
export function reverseDirection(field: ManyToManyField, name: string): Direction {
  return {
    field,
    reverse: true,
    name,
    model: field.model,
    source: field.targetLink,
    target: field.sourceLink,
    queryName: field.name,
  };
}
