// tsgo through its full handler. Arguments: the middleware, by reference.

import { createServer } from "node:http";
import { resolve } from "node:path";

import { configureSettings } from "@tsgo/core/conf";
import { setProjectRoot } from "@tsgo/core/loading";
import { getWsgiApplication } from "@tsgo/server/wsgi";

import { listen } from "./listen.js";

setProjectRoot(resolve(import.meta.dirname, ".."));
configureSettings({
  ROOT_URLCONF: "site/urls",
  ALLOWED_HOSTS: ["127.0.0.1"],
  MIDDLEWARE: process.argv.slice(2),
  SECRET_KEY: "benchmark",
});
listen(createServer(await getWsgiApplication()));
