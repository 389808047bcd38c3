import { describe, expect, test } from "vitest";

import { CircularDependencyError, NodeNotFoundError } from "./exceptions.ts";
import { MigrationGraph, type MigrationKey, keyText } from "./graph.ts";

function graphOf(edges: Record<string, readonly string[]>): MigrationGraph<string> {
  const graph = new MigrationGraph<string>();
  for (const text of Object.keys(edges)) graph.addNode(key(text), text);
  for (const [child, parents] of Object.entries(edges))
    for (const parent of parents) graph.addDependency(key(child), key(parent));
  return graph;
}

function key(text: string): MigrationKey {
  const [appLabel = "", name = ""] = text.split(".");
  return [appLabel, name];
}

const texts = (keys: readonly MigrationKey[]): string[] => keys.map(keyText);

describe("the graph of migrations", () => {
  const twoApps = { "a.1": [], "a.2": ["a.1", "b.1"], "a.3": ["a.2"], "b.1": [], "b.2": ["b.1", "a.3"] };

  test("a plan has what a migration depends on before it", () => {
    expect(texts(graphOf(twoApps).forwardsPlan(["b", "2"]))).toEqual(["b.1", "a.1", "a.2", "a.3", "b.2"]);
  });

  test("the way back has what depends on a migration before it", () => {
    expect(texts(graphOf(twoApps).backwardsPlan(["b", "1"]))).toEqual(["b.2", "a.3", "a.2", "b.1"]);
  });

  test("roots and leaves are those of each app", () => {
    const graph = graphOf(twoApps);
    expect(texts(graph.rootNodes())).toEqual(["a.1", "b.1"]);
    expect(texts(graph.leafNodes())).toEqual(["a.3", "b.2"]);
    expect(texts(graph.leafNodes("a"))).toEqual(["a.3"]);
  });

  test("two migrations side by side are two leaves", () => {
    expect(texts(graphOf({ "a.1": [], "a.2": ["a.1"], "a.2b": ["a.1"] }).leafNodes("a"))).toEqual(["a.2", "a.2b"]);
  });

  test("a dependency that does not exist is named, with who names it", () => {
    expect(() => graphOf({ "a.1": ["b.7"] }).validate()).toThrow(NodeNotFoundError);
    expect(() => graphOf({ "a.1": ["b.7"] }).validate()).toThrow(/a\.1 depends on b\.7/);
  });

  test("a ring is named in full", () => {
    const graph = graphOf({ "a.1": ["b.1"], "b.1": ["c.1"], "c.1": ["a.1"], "d.1": ["a.1"] });
    expect(() => graph.validate()).toThrow(CircularDependencyError);
    expect(() => graph.validate()).toThrow(/a\.1 -> b\.1 -> c\.1 -> a\.1/);
  });

  test("a diamond is no ring", () => {
    expect(() =>
      graphOf({ "a.1": [], "a.2": ["a.1"], "a.3": ["a.1"], "a.4": ["a.2", "a.3"] }).validate(),
    ).not.toThrow();
  });

  test("a squashed migration takes the edges of those it replaces", () => {
    const graph = graphOf({ "a.1": [], "a.2": ["a.1", "b.1"], "a.s": ["b.1"], "a.3": ["a.2"], "b.1": [] });
    graph.removeReplacedNodes(["a", "s"], [key("a.1"), key("a.2")]);
    expect(texts(graph.forwardsPlan(["a", "3"]))).toEqual(["b.1", "a.s", "a.3"]);
    expect(graph.has(["a", "1"])).toBe(false);
  });

  test("a squashed migration that is not used gives its children to the last of those it replaces", () => {
    const graph = graphOf({ "a.1": [], "a.2": ["a.1"], "a.s": [], "a.3": ["a.s"] });
    graph.removeReplacementNode(["a", "s"], [key("a.1"), key("a.2")]);
    expect(texts(graph.forwardsPlan(["a", "3"]))).toEqual(["a.1", "a.2", "a.3"]);
  });

  test("a deep chain needs no deep stack", () => {
    const edges: Record<string, string[]> = {};
    for (let number = 0; number < 5000; number += 1) edges[`a.${number}`] = number === 0 ? [] : [`a.${number - 1}`];
    const graph = graphOf(edges);
    expect(graph.forwardsPlan(["a", "4999"])).toHaveLength(5000);
  });
});
