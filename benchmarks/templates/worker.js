// One engine in a process of its own: what an engine does to the process falls on itself alone. (nunjucks makes an object
// that inherits from String.prototype, which slows down every method of strings under Node 20.)

import { tasks } from "./tasks.js";

const [name, exported] = process.argv.slice(2);
const { [exported]: contender } = await import(`./contenders/${name}.js`);

process.on("message", (task) => {
  const { run, times } = tasks[task];
  // Time of the processor rather than of the clock: other work on the machine counts less.
  const start = process.cpuUsage();
  for (let i = 0; i < times; i += 1) run(contender);
  const { user, system } = process.cpuUsage(start);
  process.send((user + system) / times);
});
process.send("ready");
