import type { Socket } from "node:net";

import type { FromWorker, ToWorker } from "./messages.ts";

/** What a process that serves under a supervisor does when it is spoken to. */
export interface WorkerDuties {
  /** A client has connected. */
  onConnection(socket: Socket): void;
  /** A file changed that is no code. */
  onChange(path: string): void;
}

const ENVIRONMENT_MARK = "TSGO_AUTORELOAD_WORKER";

/** The environment by which a process knows that it is a worker. */
export const workerEnvironment: Readonly<Record<string, string>> = { [ENVIRONMENT_MARK]: "1" };

/** Whether this process serves under a supervisor. */
export function isWorker(): boolean {
  return process.env[ENVIRONMENT_MARK] === "1" && process.send !== undefined;
}

/**
 * Takes up the work: connections come from the supervisor from now on. Resolves when newer code takes over; what
 * is begun should then be answered, and the process should end. `watch` as in the `ready` message.
 */
export function takeConnections(duties: WorkerDuties, watch: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    process.on("message", (message: ToWorker, handle: Socket | undefined) => {
      if (message.type === "connection") {
        tell({ type: "accepted", id: message.id });
        // A connection that closed on its way arrives without its socket.
        if (handle) duties.onConnection(handle);
      } else if (message.type === "changed") duties.onChange(message.path);
      else if (message.type === "retire") resolve();
    });
    tell({ type: "ready", watch });
  });
}

/** Asks the supervisor for a successor. */
export function reportBroken(): void {
  tell({ type: "broken" });
}

/**
 * Waits until the supervisor wants this process to load the project. Resolves to the arguments of the command
 * line. From here on the process ends when the supervisor does, however that ended.
 */
export function waitForGo(): Promise<readonly string[]> {
  // The terminal sends Ctrl-C to all processes; the supervisor decides when this one ends.
  process.on("SIGINT", () => undefined);
  process.once("disconnect", () => process.exit(0));
  return new Promise((resolve) => {
    const listen = (message: ToWorker) => {
      if (message.type === "retire") process.exit(0);
      if (message.type !== "go") return;
      process.off("message", listen);
      resolve(message.argv);
    };
    process.on("message", listen);
  });
}

function tell(message: FromWorker): void {
  process.send?.(message, undefined, undefined, () => undefined);
}
