// Bare node:http: what there is to lose.

import { createServer } from "node:http";

import { listen } from "./listen.js";

const USER = /^\/users\/(\d+)\/$/;

listen(
  createServer((request, response) => {
    const user = request.url === "/" ? null : USER.exec(request.url ?? "");
    const body = user ? `User ${Number(user[1])}` : "Hello, world!";
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Length": Buffer.byteLength(body) });
    response.end(body);
  }),
);
