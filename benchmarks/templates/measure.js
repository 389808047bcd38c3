import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const WARM_UP = 5;
const WORKER = fileURLToPath(new URL("worker.js", import.meta.url));

/**
 * The microseconds that each engine takes for each task, round by round: `times.get(task).get(engine)[round]`.
 *
 * Engines take turns, each in a process of its own. Turns are short, and each round begins with another engine, so that
 * what else the machine does falls on all alike.
 */
export async function measure(contenders, tasks, rounds) {
  const names = Object.keys(contenders);
  const times = new Map(Object.keys(tasks).map((task) => [task, new Map(names.map((name) => [name, []]))]));
  const workers = await Promise.all(Object.values(contenders).map((place) => start(place)));
  try {
    for (let round = -WARM_UP; round < rounds; round += 1) {
      const first = (round + WARM_UP) % names.length;
      for (const task of Object.keys(tasks)) {
        for (let turn = 0; turn < names.length; turn += 1) {
          const at = (first + turn) % names.length;
          const time = await ask(workers[at], task);
          if (round >= 0) times.get(task).get(names[at]).push(time);
        }
      }
      process.stderr.write(".");
    }
  } finally {
    for (const worker of workers) worker.kill();
  }
  process.stderr.write("\n");
  return times;
}

async function start({ file, exported }) {
  const worker = fork(WORKER, [file, exported], { env: { ...process.env, NODE_ENV: "production" } });
  await once(worker, "message");
  return worker;
}

async function ask(worker, task) {
  worker.send(task);
  const [time] = await once(worker, "message");
  return time;
}
