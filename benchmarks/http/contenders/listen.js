/** Listens on a free port, tells the parent which, and how much processor time was used whenever it asks. */
export function listen(server) {
  server.listen(0, "127.0.0.1", () => report(server.address().port));
}

export function report(port) {
  process.once("SIGINT", () => process.exit());
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send(user + system);
  });
  process.send(port);
}
