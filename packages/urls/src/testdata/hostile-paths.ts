// Run in a process that can be ended: without the defence some of these would take years.

import { configureSettings } from "@tsgo/core/conf";
import { HttpResponse } from "@tsgo/http/response";
import { isValidPath, path } from "@tsgo/urls";

configureSettings({ ROOT_URLCONF: "unused" });

const hostile: [route: string, path: string][] = [
  ["<slug:a>-<slug:b>-<slug:c>/", `/${"a-".repeat(20_000)}!/`],
  ["<str:a>.<str:b>.<str:c>/x", `/${".".repeat(40_000)}/y/x`],
  ["<path:a>/x/<path:b>/y/<path:c>", `/${"/x/y/".repeat(15_000)}\n`],
  ["<str:a>-<int:b>-<slug:c>-<str:d>/end", `/${"1-".repeat(20_000)}!/no/end`],
  ["<path:a>x<path:b>x<path:c>", `/${"x".repeat(40_000)}\n`],
];

const view = () => new HttpResponse("");
console.log(JSON.stringify(hostile.map(([route, text]) => isValidPath(text, [path(route, view)]))));
