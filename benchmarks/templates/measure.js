const WARM_UP = 5;

/**
 * The microseconds that each engine takes for each task, round by round: `times.get(task).get(engine)[round]`.
 *
 * It is time of the processor, which says more than the clock where other work shares the machine. Rounds are short,
 * and each begins with another engine, so that what else the machine does falls on all alike.
 */
export function measure(contenders, tasks, rounds) {
  const times = new Map(Object.keys(tasks).map((task) => [task, new Map(contenders.map(({ name }) => [name, []]))]));
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const first = (round + WARM_UP) % contenders.length;
    const order = [...contenders.slice(first), ...contenders.slice(0, first)];
    for (const [task, { run, times: count }] of Object.entries(tasks)) {
      for (const contender of order) {
        const time = timeOf(() => run(contender), count);
        if (round >= 0) times.get(task).get(contender.name).push(time);
      }
    }
    process.stderr.write(".");
  }
  process.stderr.write("\n");
  return times;
}

function timeOf(run, count) {
  const start = process.cpuUsage();
  for (let i = 0; i < count; i += 1) run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / count;
}
