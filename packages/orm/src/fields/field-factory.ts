import { checkOptionNames } from "./option-names.ts";

type AnyClass = (abstract new (...args: never[]) => object) & { readonly name: string };

/**
 * Makes of a field class the function that models call, with the class as its property `Class`. `Factory` says what the
 * compiler reads from the result, which the class cannot say: that a field with `null: true` may hold null, for one.
 * `own` are the names of the class's own options, beside those that every field has; others are refused.
 *
 * @example
 * export const MoneyField = fieldFactory<models.FieldFactory<Money, models.FieldOptions, typeof Money>>(MoneyFieldClass);
 */
// The one place where the runtime's fields get the types that only the compiler reads.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names the type of each constant
export function fieldFactory<Factory>(Class: AnyClass, own: readonly string[] = []): Factory {
  const make = (...args: unknown[]): object => {
    // Relations have their target in front.
    const options = args.at(-1);
    if (typeof options === "object" && options !== null) checkOptionNames(Class.name, options, own);
    return Reflect.construct(Class, args) as object;
  };
  return Object.assign(make, { Class }) as Factory;
}
