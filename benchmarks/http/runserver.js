// How long a developer waits: runserver to the first answer, and a saved template or view to the page that shows it.
// Usage: node runserver.js [rounds]. Build the packages first.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const rounds = Number(process.argv[2] ?? 5);
const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "tsgo-runserver-"));
const project = join(folder, "mysite");
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

const files = {
  view: (text) => [
    "mysite/views.ts",
    `import type { HttpRequest } from "tsgo/http";\nimport { HttpResponse } from "tsgo/http";\nimport { render } from "tsgo/shortcuts";\n\nexport const hello = (_request: HttpRequest): HttpResponse => new HttpResponse(${JSON.stringify(text)});\nexport const page = (request: HttpRequest) => render(request, "page.html", {});\n`,
  ],
  template: (text) => ["templates/page.html", `<p>${text}</p>`],
  urls: () => [
    "mysite/urls.ts",
    `import { path } from "tsgo/urls";\n\nimport * as views from "./views.ts";\n\nexport const urlpatterns = [path("", views.hello), path("page/", views.page)];\n`,
  ],
};

function save([name, text]) {
  writeFileSync(join(project, name), text);
}

function get(port, path) {
  return new Promise((done, fail) => {
    request({ host: "127.0.0.1", port, path, agent: false }, (response) => {
      let text = "";
      response
        .setEncoding("utf8")
        .on("data", (chunk) => (text += chunk))
        .on("end", () => done(text))
        .on("error", fail);
    })
      .on("error", fail)
      .end();
  });
}

/** Asks until the page shows the text. Gives the milliseconds since `since`. */
async function shown(port, path, text, since) {
  for (;;) {
    const answer = await get(port, path).catch(() => "");
    if (answer.includes(text)) return performance.now() - since;
    if (performance.now() - since > 20_000) throw new Error(`${path} never showed ${text}: ${answer.slice(0, 2000)}`);
    await new Promise((wait) => setTimeout(wait, 2));
  }
}

const port = 20_000 + Math.floor(Math.random() * 20_000);
const start = [];
const view = [];
const template = [];
try {
  execFileSync(process.execPath, [join(root, "bin/tsgo-admin.js"), "startproject", "mysite"], { cwd: folder });
  mkdirSync(join(project, "templates"), { recursive: true });
  const settings = join(project, "mysite/settings.ts");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("DIRS: []", 'DIRS: [join(BASE_DIR, "templates")]'));
  [files.view("first"), files.template("first"), files.urls()].forEach(save);
  for (let round = 0; round < rounds; round++) {
    save(files.view(`start ${round}`));
    const since = performance.now();
    const server = spawn(process.execPath, ["manage.js", "runserver", String(port)], { cwd: project, stdio: "ignore" });
    try {
      start.push(await shown(port, "/", `start ${round}`, since));
      await shown(port, "/page/", "<p>", performance.now());
      // Until the process in waiting has loaded: nobody saves a file in the first second.
      await new Promise((wait) => setTimeout(wait, 2000));
      for (const [kind, list, path] of [
        ["template", template, "/page/"],
        ["view", view, "/"],
      ]) {
        for (let i = 0; i < 3; i++) {
          const text = `${kind} ${round} ${i}`;
          const saved = performance.now();
          save(files[kind](text));
          list.push(await shown(port, path, text, saved));
          await new Promise((wait) => setTimeout(wait, 2000));
        }
      }
    } finally {
      server.kill();
      await new Promise((ended) => server.once("exit", ended));
    }
  }
  console.log(`${rounds} rounds, Node ${process.version}; milliseconds, median`);
  console.log(`runserver to the first answer  ${median(start).toFixed(0)}`);
  console.log(`saved template to its page     ${median(template).toFixed(0)}`);
  console.log(`saved view to its page         ${median(view).toFixed(0)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
