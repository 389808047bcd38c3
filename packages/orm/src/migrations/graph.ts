// Which migration comes after which: the order in which they are applied, and taken back.

import { CircularDependencyError, NodeNotFoundError } from "./exceptions.ts";

/** A migration's address: the label of its app and the name of its file without the ending. */
export type MigrationKey = readonly [appLabel: string, name: string];

/** The text that stands for a migration in maps and messages: `polls.0001_initial`. */
export function keyText([appLabel, name]: MigrationKey): string {
  return `${appLabel}.${name}`;
}

interface Node<M> {
  readonly key: MigrationKey;
  /** Undefined while only a dependency has named the node. */
  readonly migration: M | undefined;
  /** Who named the node, for the message when it turns out not to exist. */
  readonly namedBy: MigrationKey | undefined;
  readonly parents: Set<string>;
  readonly children: Set<string>;
}

/**
 * The migrations of a project with their dependencies. Answers to `MigrationGraph`.
 *
 * Nodes and edges come in any order; {@link validate} says what is missing or in a ring.
 */
export class MigrationGraph<M> {
  readonly #nodes = new Map<string, Node<M>>();

  /** The migrations by their text keys. */
  get size(): number {
    return this.#nodes.size;
  }

  /** Adds a migration, keeping the edges that named it before. */
  addNode(key: MigrationKey, migration: M): void {
    const known = this.#nodes.get(keyText(key));
    this.#nodes.set(keyText(key), {
      key,
      migration,
      namedBy: undefined,
      parents: known?.parents ?? new Set(),
      children: known?.children ?? new Set(),
    });
  }

  /** Says that `child` is applied after `parent`. */
  addDependency(child: MigrationKey, parent: MigrationKey): void {
    this.#touch(child, child).parents.add(keyText(parent));
    this.#touch(parent, child).children.add(keyText(child));
  }

  #touch(key: MigrationKey, namedBy: MigrationKey): Node<M> {
    const text = keyText(key);
    let node = this.#nodes.get(text);
    if (node === undefined) {
      node = { key, migration: undefined, namedBy, parents: new Set(), children: new Set() };
      this.#nodes.set(text, node);
    }
    return node;
  }

  has(key: MigrationKey): boolean {
    return this.#nodes.get(keyText(key))?.migration !== undefined;
  }

  /** The migration of that address, or a NodeNotFoundError. */
  get(key: MigrationKey): M {
    const { migration } = this.#node(key);
    if (migration === undefined)
      throw new NodeNotFoundError(
        `There is no migration ${keyText(key)}; 'showmigrations' lists those there are.`,
        key,
      );
    return migration;
  }

  /** The addresses of all migrations. */
  keys(): MigrationKey[] {
    return [...this.#nodes.values()].map((node) => node.key);
  }

  /** What a migration directly depends on. */
  parents(key: MigrationKey): MigrationKey[] {
    return this.#sorted(this.#node(key).parents);
  }

  /** What directly depends on a migration. */
  children(key: MigrationKey): MigrationKey[] {
    return this.#sorted(this.#node(key).children);
  }

  /** Puts a squashed migration in the place of those it replaces: their edges become its own, they go. */
  removeReplacedNodes(replacement: MigrationKey, replaced: readonly MigrationKey[]): void {
    const gone = new Set(replaced.map(keyText));
    const node = this.#node(replacement);
    gone.delete(keyText(replacement));
    for (const text of gone) {
      const old = this.#nodes.get(text);
      if (old === undefined) continue;
      this.#nodes.delete(text);
      for (const child of old.children) {
        this.#nodes.get(child)?.parents.delete(text);
        // A replaced migration does not depend on its replacement: both would be the same node.
        if (!gone.has(child) && child !== keyText(replacement)) this.#link(child, keyText(replacement));
      }
      for (const parent of old.parents) {
        this.#nodes.get(parent)?.children.delete(text);
        if (!gone.has(parent) && parent !== keyText(replacement)) this.#link(keyText(replacement), parent);
      }
    }
    for (const text of gone) {
      node.parents.delete(text);
      node.children.delete(text);
    }
  }

  /** Takes a squashed migration out, because only some of those it replaces are applied: its children follow them. */
  removeReplacementNode(replacement: MigrationKey, replaced: readonly MigrationKey[]): void {
    const text = keyText(replacement);
    const node = this.#node(replacement);
    this.#nodes.delete(text);
    const present = new Set(replaced.map(keyText).filter((key) => this.#nodes.has(key)));
    const parentsOfReplaced = new Set([...present].flatMap((key) => [...(this.#nodes.get(key)?.parents ?? [])]));
    const leaves = [...present].filter((key) => !parentsOfReplaced.has(key));
    for (const child of node.children) {
      this.#nodes.get(child)?.parents.delete(text);
      for (const leaf of leaves) this.#link(child, leaf);
    }
    // The replaced migrations have edges of their own to what the replacement depended on.
    for (const parent of node.parents) this.#nodes.get(parent)?.children.delete(text);
  }

  #link(child: string, parent: string): void {
    this.#nodes.get(child)?.parents.add(parent);
    this.#nodes.get(parent)?.children.add(child);
  }

  /** Refuses dependencies on migrations that do not exist, and rings. */
  validate(): void {
    for (const { key, migration, namedBy } of this.#nodes.values())
      if (migration === undefined)
        throw new NodeNotFoundError(
          `Migration ${keyText(namedBy ?? key)} depends on ${keyText(key)}, which does not exist. ` +
            "Restore that file, or correct the dependency.",
          key,
        );
    this.#ensureNoRing();
  }

  #ensureNoRing(): void {
    const finished = new Set<string>();
    for (const start of [...this.#nodes.keys()].toSorted()) {
      const path: string[] = [];
      const pending = [{ text: start, leave: false }];
      for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
        if (step.leave) {
          finished.add(step.text);
          path.pop();
        } else if (path.includes(step.text)) {
          const ring = [...path.slice(path.indexOf(step.text)), step.text];
          throw new CircularDependencyError(`Migrations depend on each other in a ring: ${ring.join(" -> ")}.`);
        } else if (!finished.has(step.text)) {
          path.push(step.text);
          pending.push({ text: step.text, leave: true });
          for (const parent of this.#nodes.get(step.text)?.parents ?? []) pending.push({ text: parent, leave: false });
        }
      }
    }
  }

  /** All that must be applied to have `target`, in order, `target` last. */
  forwardsPlan(target: MigrationKey): MigrationKey[] {
    return this.#walk(target, "parents");
  }

  /** All that must be taken back to be without `target`, in order, `target` last. */
  backwardsPlan(target: MigrationKey): MigrationKey[] {
    return this.#walk(target, "children");
  }

  #walk(start: MigrationKey, direction: "parents" | "children"): MigrationKey[] {
    const visited = new Map<string, MigrationKey>();
    const pending = [{ node: this.#node(start), leave: false }];
    for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
      const text = keyText(step.node.key);
      if (visited.has(text)) continue;
      if (step.leave) visited.set(text, step.node.key);
      else {
        pending.push({ node: step.node, leave: true });
        for (const key of this.#sorted(step.node[direction])) pending.push({ node: this.#node(key), leave: false });
      }
    }
    return [...visited.values()];
  }

  /** The migrations that depend on none of their own app. */
  rootNodes(appLabel?: string): MigrationKey[] {
    return this.#ends("parents", appLabel);
  }

  /** The migrations that none of their own app depends on. More than one in an app is a conflict. */
  leafNodes(appLabel?: string): MigrationKey[] {
    return this.#ends("children", appLabel);
  }

  #ends(direction: "parents" | "children", appLabel: string | undefined): MigrationKey[] {
    const ends = [...this.#nodes.values()].filter(
      (node) =>
        (appLabel === undefined || node.key[0] === appLabel) &&
        [...node[direction]].every((text) => this.#nodes.get(text)?.key[0] !== node.key[0]),
    );
    return ends.map((node) => node.key).toSorted(compareKeys);
  }

  #sorted(texts: Iterable<string>): MigrationKey[] {
    return [...texts]
      .map((text) => this.#nodes.get(text)?.key)
      .filter((key) => key !== undefined)
      .toSorted(compareKeys);
  }

  #node(key: MigrationKey): Node<M> {
    const node = this.#nodes.get(keyText(key));
    if (node === undefined)
      throw new NodeNotFoundError(
        `There is no migration ${keyText(key)}; 'showmigrations' lists those there are.`,
        key,
      );
    return node;
  }
}

/** The order of addresses: by app, then by name. */
export function compareKeys(a: MigrationKey, b: MigrationKey): number {
  const [left, right] = a[0] === b[0] ? [a[1], b[1]] : [a[0], b[0]];
  return left < right ? -1 : left > right ? 1 : 0;
}
