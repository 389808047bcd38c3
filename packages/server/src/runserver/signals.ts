const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Resolves when the user, or the system, wants the process to end. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      for (const signal of SIGNALS) process.off(signal, end);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, end);
  });
}
