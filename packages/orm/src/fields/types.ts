/** The key under which the compiler finds what a field holds. It exists in types only. */
export declare const VALUE_TYPE: unique symbol;

/** The key under which the compiler finds the target of a relation. It exists in types only. */
export declare const TARGET_TYPE: unique symbol;
