import { twelve, user } from "./data.js";

const PARTS = 10;
const PAGES = 100_000;

/** Renders a million pages, and prints the heap in KB after each tenth. Wants `--expose-gc`. */
export async function measureMemory(one) {
  if (globalThis.gc === undefined) throw new Error("Run with --expose-gc: without it the heap says nothing.");
  for (let part = 0; part < PARTS; part += 1) {
    for (let i = 0; i < PAGES; i += 1) one.page(twelve, user);
    // Once more after a turn of the event loop, when what waited for it is gone.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    globalThis.gc();
    console.log(`${(part + 1) * PAGES} pages: ${Math.round(process.memoryUsage().heapUsed / 1024)} KB`);
  }
}
