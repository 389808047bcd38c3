// What the code generator knows about the names that a template uses.

/** Where the value of a name is found while the compiled code runs. */
export type Binding =
  | { readonly kind: "local"; readonly js: string }
  | { readonly kind: "forloop"; readonly index: string; readonly length: string; readonly parent: Binding | undefined };

/**
 * One layer of names: a template, a block, a loop. As far as nothing but compiled code sees a layer, it exists only
 * here, and its names are variables of JavaScript.
 */
export class Scope {
  readonly parent: Scope | undefined;
  /** The variable that holds the layer of the context, where other code must see it; `c` itself for the outermost. */
  readonly layer: string | undefined;
  /** Whether anything inside may change the context in ways not known when it is compiled. */
  readonly isOpen: boolean;
  readonly #bindings = new Map<string, Binding>();

  constructor(parent: Scope | undefined, layer: string | undefined, isOpen: boolean) {
    this.parent = parent;
    this.layer = layer;
    this.isOpen = isOpen;
  }

  bind(name: string, binding: Binding): void {
    this.#bindings.set(name, binding);
  }

  /** What a name is bound to here or further out; undefined where the context has to be asked. */
  find(name: string): Binding | undefined {
    if (this.isOpen) return undefined;
    return this.#bindings.get(name) ?? this.parent?.find(name);
  }
}
