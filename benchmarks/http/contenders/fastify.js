import fastify from "fastify";

import { report } from "./listen.js";
import { SECTIONS } from "../site/sections.js";

const app = fastify();
app.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send("Hello, world!"));
for (const section of SECTIONS) app.get(`/${section}/:id/`, (request) => `${section} ${Number(request.params.id)}`);
app.get("/users/:id/", (request, reply) =>
  reply.type("text/html; charset=utf-8").send(`User ${Number(request.params.id)}`),
);
await app.listen({ port: 0, host: "127.0.0.1" });
report(app.server.address().port);
