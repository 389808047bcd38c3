// Methods that fields give their model: `getStatusDisplay`, `getNextByPubDate`.

import { FieldError } from "@tsgo/core/exceptions";
import { textForm } from "@tsgo/utils/text-form";

import type { Field } from "../fields/field.ts";
import { valuesOf } from "./instances.ts";
import type { ModelBase } from "./model.ts";
import type { Options } from "./options.ts";
import { STATE } from "./state.ts";
import { Q } from "../expressions/q.ts";

/** Puts the methods of a field on its model, unless the class has its own of that name. */
export function addFieldMethods(options: Options, field: Field): void {
  const capital = field.name.slice(0, 1).toUpperCase() + field.name.slice(1);
  if (field.choices !== undefined)
    define(options, `get${capital}Display`, function display(this: ModelBase): string | null {
      const value = valuesOf(this)[field.attname];
      const label = field.flatChoices.find(([choice]) => choice === value)?.[1] ?? value;
      return label === null || label === undefined ? null : textForm(label);
    });
  if (field.null || (field.internalType !== "DateField" && field.internalType !== "DateTimeField")) return;
  define(options, `getNextBy${capital}`, neighbour(field, true));
  define(options, `getPreviousBy${capital}`, neighbour(field, false));
}

// The next row by date; rows of the same date go by key.
function neighbour(field: Field, next: boolean) {
  return async function neighbourBy(
    this: ModelBase,
    ...conditions: readonly Readonly<Record<string, unknown>>[]
  ): Promise<ModelBase> {
    const meta = (this.constructor as unknown as { _meta: Options })._meta;
    if (this.pk === null || this.pk === undefined)
      throw new FieldError(`The neighbours of a ${meta.objectName} that is not saved are unknown.`);
    const value = valuesOf(this)[field.attname];
    const operator = next ? "gt" : "lt";
    const q = new Q({ [field.name]: value, [`pk__${operator}`]: this.pk }).or({
      [`${field.name}__${operator}`]: value,
    });
    const sign = next ? "" : "-";
    const [row] = await meta.defaultManager
      .using(this[STATE].db)
      .filter(...conditions)
      .filter(q)
      .orderBy(`${sign}${field.name}`, `${sign}pk`)
      .slice(0, 1);
    if (row === undefined) throw new meta.model.DoesNotExist(`${meta.objectName} matching query does not exist.`);
    return row;
  };
}

function define(options: Options, name: string, value: unknown): void {
  if (!(name in options.model.prototype))
    Object.defineProperty(options.model.prototype, name, { value, configurable: true, writable: true });
}
