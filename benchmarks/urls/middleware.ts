// What Security and Common middleware add to a request. Asserts nothing; run as index.ts beside it.

import { configureSettings } from "@tsgo/core/conf";
import { HttpRequest } from "@tsgo/http/request";
import { HttpResponse } from "@tsgo/http/response";
import { plainSource } from "@tsgo/http/source";
import { buildHandler, type MiddlewareClass } from "@tsgo/middleware";
import { CommonMiddleware } from "@tsgo/middleware/common";
import { SecurityMiddleware } from "@tsgo/middleware/security";

const ROUNDS = 9;
const CALLS = 100_000;

configureSettings({ ALLOWED_HOSTS: ["example.com"] });

const source = plainSource({ headers: { Host: "example.com" } });
const chains: Record<string, MiddlewareClass[]> = {
  "without middleware": [],
  security: [SecurityMiddleware],
  common: [CommonMiddleware],
  "security and common": [SecurityMiddleware, CommonMiddleware],
};

const handlers = Object.entries(chains).map(([name, classes]) => ({
  name,
  best: Infinity,
  handle: buildHandler({
    middleware: classes.map((middleware) => ({ name: middleware.name, middleware })),
    resolve: () => ({ func: () => new HttpResponse("Hello, world."), args: [], kwargs: {} }),
    convertException: (_request, error) => {
      throw error;
    },
  }),
}));

for (let round = 0; round < ROUNDS; round += 1) {
  for (const handler of handlers) {
    const start = performance.now();
    for (let call = 0; call < CALLS; call += 1) {
      const response = handler.handle(new HttpRequest(source));
      if (response instanceof HttpResponse) response.wireHeaders();
    }
    handler.best = Math.min(handler.best, ((performance.now() - start) * 1e6) / CALLS);
  }
}
for (const { name, best } of handlers) console.log(`${best.toFixed(0).padStart(6)} ns  ${name}`);
