/** Stands for "no default was given", since undefined and null may be meant. */
export const NOT_PROVIDED: unique symbol = Symbol.for("tsgo.orm.NOT_PROVIDED");

/** The type of {@link NOT_PROVIDED}. */
export type NotProvided = typeof NOT_PROVIDED;

/** Stands on a new instance for a value that the database will put in. Answers to `DatabaseDefault`. */
export const DATABASE_DEFAULT: unique symbol = Symbol.for("tsgo.orm.DATABASE_DEFAULT");
