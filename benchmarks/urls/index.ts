// How long resolving and reversing take. Asserts nothing: `npx tsx --conditions=@tsgo/source benchmarks/urls/index.ts`.

import { configureSettings } from "@tsgo/core/conf";
import { getResolver, reverse, type UrlEntry } from "@tsgo/urls";

import { expressions, flat, nested, shared, wild } from "./routes.ts";

const ROUNDS = 7;
const CALLS = 200_000;

const cases: Record<string, () => unknown> = {
  "resolve, a literal map for comparison": literalMap(),
  "resolve, 30 routes": resolving(flat, "/articles/2024/a-title/"),
  "resolve, 30 routes with the same first segment": resolving(shared, "/api/articles/2024/a-title/"),
  "resolve, 30 routes that begin with a parameter": resolving(wild, "/2024/a-title/"),
  "resolve, 30 regular expressions": resolving(expressions, "/articles/2024/a-title/"),
  "resolve, behind two includes": resolving(nested, "/blog/articles/2024/a-title/"),
  "reverse with keyword arguments": () =>
    reverse("article", { urlconf: flat, kwargs: { year: 2024, title: "a-title" } }),
  "reverse with arguments": () => reverse("article", { urlconf: flat, args: [2024, "a-title"] }),
  "reverse behind two includes": () => reverse("article", { urlconf: nested, args: [2024, "a-title"] }),
};

configureSettings({ ROOT_URLCONF: "none" });

const best = new Map<string, number>();
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, run] of Object.entries(cases)) {
    const start = performance.now();
    for (let call = 0; call < CALLS; call += 1) run();
    const each = ((performance.now() - start) * 1e6) / CALLS;
    best.set(name, Math.min(each, best.get(name) ?? Infinity));
  }
}
for (const [name, each] of best) console.log(`${each.toFixed(0).padStart(6)} ns  ${name}`);

function resolving(urlconf: UrlEntry[], path: string): () => unknown {
  return () => getResolver(urlconf).resolve(path);
}

function literalMap(): () => unknown {
  const routes = new Map(flat.map((entry) => [entry.toString(), entry]));
  return () => routes.get("'articles/<int:year>/<slug:title>/' [name='article']");
}
