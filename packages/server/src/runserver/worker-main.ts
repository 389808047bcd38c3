// What a worker process runs: it loads the framework, waits for its turn, and becomes `runserver`.

import { enableTypeScript } from "@tsgo/core/loading";
import { executeFromCommandLine } from "@tsgo/core/management";

import { waitForGo } from "../autoreload/worker.ts";
import { preload } from "./preload.ts";

const go = waitForGo();
// Before TypeScript: where a loader must be put into Node for it, everything loaded afterwards is loaded more slowly.
await preload(process.argv[2] === "spare");
await enableTypeScript();
const [root = process.cwd(), ...args] = await go;
await executeFromCommandLine([process.execPath, "manage", ...args], { root });
process.exit();
