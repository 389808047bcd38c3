import type { Binding } from "./scope.ts";

type ForloopBinding = Extract<Binding, { kind: "forloop" }>;

const MEMBERS: Readonly<Record<string, (index: string, length: string) => string>> = {
  counter: (index) => `(${index}+1)`,
  counter0: (index) => index,
  revcounter: (index, length) => `(${length}-${index})`,
  revcounter0: (index, length) => `(${length}-${index}-1)`,
  first: (index) => `(${index}===0)`,
  last: (index, length) => `(${index}===${length}-1)`,
  length: (_index, length) => length,
};

/** The code for `forloop.counter` and its like, or undefined where the object itself is wanted. */
export function forloopMember(binding: ForloopBinding, members: readonly string[]): string | undefined {
  const [name = "", ...rest] = members;
  if (name === "parentloop" && binding.parent?.kind === "forloop") return forloopMember(binding.parent, rest);
  return rest.length === 0 && Object.hasOwn(MEMBERS, name) ? MEMBERS[name]?.(binding.index, binding.length) : undefined;
}
