import { existsSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { describe, expect, test, vi } from "vitest";

import { PATIENCE } from "../testdata/patience.ts";
import { descendantsOf, isAlive, makeProject, RunningServer, viewSource } from "./testdata/project.ts";

async function text(url: string): Promise<string> {
  return (await fetch(url, { headers: { Accept: "text/html" } })).text();
}

describe("runserver", { timeout: 60_000 }, () => {
  test("serves what was saved last: code, templates and .env; explains what it cannot load, and heals", async () => {
    const { folder, save } = makeProject();
    const server = new RunningServer(folder, "0");
    const url = await server.url();
    expect(server.output).toContain("using settings 'mysite/settings'");
    await expect.poll(() => server.output, PATIENCE).toContain("Quit the server with");
    expect(await text(url)).toBe("first");
    expect(await text(`${url}page/`)).toBe("<p>first</p>");
    expect(server.output).toMatch(/"GET \/ HTTP\/1\.1" 200 5/);

    const shows = (path: string, wanted: string) =>
      vi.waitFor(async () => expect(await text(url + path)).toContain(wanted), PATIENCE);
    const pid = await text(`${url}pid/`);
    // The watcher begins when the first worker serves; a save before it is ready would be seen by nobody.
    await vi.waitFor(async () => {
      save("templates/page.html", "<p>second</p>");
      expect(await text(`${url}page/`)).toBe("<p>second</p>");
    }, PATIENCE);
    expect(await text(`${url}pid/`)).toBe(pid);

    save("mysite/views.ts", viewSource("second"));
    await shows("", "second");
    save("mysite/views.ts", "export const view = () => {;\n  oops(;\n");
    await shows("", "mysite/views.ts:2");
    expect((await fetch(`${url}page/`)).status).toBe(500);
    expect(server.output).toMatch(/ImproperlyConfigured: .*mysite\/views\.ts:2: SyntaxError/);
    expect(server.output).toContain("> 2 |   oops(;");
    save("mysite/views.ts", viewSource("healed"));
    await shows("", "healed");

    // What nobody caught is logged, and another process takes over.
    const healthy = await text(`${url}pid/`);
    expect(await text(`${url}throw/`)).toBe("sent");
    await vi.waitFor(async () => expect(await text(`${url}pid/`)).not.toBe(healthy), PATIENCE);
    expect(server.output).toContain("thrown late");

    save(".env", "DEBUG=true\nGREETING=good day\n");
    await shows("greeting/", "good day");

    const children = existsSync("/proc/self/stat") ? descendantsOf(server.process.pid ?? 0) : [];
    server.process.kill("SIGINT");
    expect(await server.ended()).toBe(0);
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), PATIENCE);
  });

  test.runIf(existsSync("/proc/self/stat"))("leaves no process behind when it is killed", async () => {
    const server = new RunningServer(makeProject().folder, "0");
    await text(await server.url());
    const children = descendantsOf(server.process.pid ?? 0);
    expect(children.length).toBeGreaterThan(0);
    server.process.kill("SIGKILL");
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), PATIENCE);
  });

  test("refuses to serve a site that would refuse everybody", async () => {
    const { folder, save } = makeProject();
    save(".env", "DEBUG=false\nGREETING=hello\n");
    const server = new RunningServer(folder, "0", "--noreload");
    expect(await server.ended()).toBe(1);
    expect(server.output).toContain("ALLOWED_HOSTS must name the hosts");
  });

  test("says in one line that the port is taken, and ends with 1", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, "127.0.0.1", () => resolve());
    });
    const { port } = taken.address() as AddressInfo;
    const { folder } = makeProject();
    const server = new RunningServer(folder, String(port));
    expect(await server.ended()).toBe(1);
    expect(server.output).toContain(`CommandError: Cannot serve at 127.0.0.1:${port}: that port is already in use.`);
    taken.close();
  });

  test("NODE-36, NODE-68: --noreload goes on after errors that nobody caught, and warns where others can see what DEBUG shows", async () => {
    const { folder } = makeProject();
    const server = new RunningServer(folder, "0.0.0.0:0", "--noreload");
    const url = (await server.url()).replace("0.0.0.0", "127.0.0.1");
    for (const path of ["late/", "throw/"]) expect(await text(url + path)).toBe("sent");
    await vi.waitFor(() => expect(server.output).toMatch(/rejected late[^]*thrown late/), PATIENCE);
    expect(await text(url)).toBe("first");
    await vi.waitFor(() => expect(server.output).toContain("WARNING: DEBUG is on"), PATIENCE);
    server.process.kill("SIGTERM");
    expect(await server.ended()).toBe(0);
  });
});
