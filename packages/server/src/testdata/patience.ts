/** How long a test waits for what comes by itself, on a machine that has more to do, and how often it looks. */
export const PATIENCE = { timeout: 15_000, interval: 20 };
