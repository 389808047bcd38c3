// What a worker process runs: it loads the framework, waits for its turn, and becomes `runserver`.

import { enableTypeScript } from "@tsgo/core/loading";
import { executeFromCommandLine } from "@tsgo/core/management";

import { waitForGo } from "../autoreload/worker.ts";
import { preload } from "./preload.ts";

const go = waitForGo();
// One that is wanted at once has no time for what the project might need.
if (process.argv[2] === "spare") await Promise.race([go, Promise.all([enableTypeScript(), preload()])]);
const [root = process.cwd(), ...args] = await go;
await executeFromCommandLine([process.execPath, "manage", ...args], { root });
process.exit();
