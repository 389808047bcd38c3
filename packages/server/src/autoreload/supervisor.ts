import { createServer, type Server, type Socket } from "node:net";

import { type WorkerEntry, WorkerProcess, type WorkerRole } from "./worker-process.ts";

/** Where to listen. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly ipv6Only?: boolean;
}

/** What a supervisor tells. */
export interface SupervisorEvents {
  /** A worker serves, and wants these folders to be watched beside the project's. */
  onServing?(watch: readonly string[]): void;
  /** A worker ended before it could serve. */
  onFailed?(): void;
}

// The first requests to new code need the processor more than a process for the code after it.
const SPARE_DELAY_MS = 150;

const UNAVAILABLE = `HTTP/1.1 503 Service Unavailable\r
Content-Type: text/plain; charset=utf-8\r
Connection: close\r
\r
The project ended while it was loading. The terminal that runs the server says why; the next saved file starts it again.
`;

/**
 * The parent of the processes that serve: it owns the listening socket, so that no connection is refused while
 * code is replaced, and keeps a spare worker with the framework loaded, so that a restart costs no more than
 * reading the project. Connections that arrive during a restart wait for the new code.
 */
export class Supervisor {
  readonly #entry: WorkerEntry;
  readonly #events: SupervisorEvents;
  readonly #server: Server;
  #argv: readonly string[] = [];
  #serving: WorkerProcess | undefined;
  #starting: WorkerProcess | undefined;
  #spare: WorkerProcess | undefined;
  /** The project ended before it could serve: only another version of it is worth a start. */
  #failed = false;
  #closed = false;
  readonly #workers = new Set<WorkerProcess>();
  #waiting: Socket[] = [];

  constructor(entry: WorkerEntry, events: SupervisorEvents = {}) {
    this.#entry = entry;
    this.#events = events;
    // Paused, so that not one byte is read here that the worker should see.
    this.#server = createServer({ pauseOnConnect: true }, (socket) => {
      // A client that leaves while it waits is no error of ours.
      socket.on("error", () => socket.destroy());
      this.#accept(socket);
    });
  }

  /** Opens the socket. Rejects with the system's error, `EADDRINUSE` for one. Resolves to the port. */
  async listen({ host, port, ipv6Only }: Address): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ host, port, ...(ipv6Only !== undefined && { ipv6Only }) }, () => {
        this.#server.off("error", reject);
        // What goes wrong with one connection must not end the server.
        this.#server.on("error", () => undefined);
        resolve();
      });
    });
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : port;
  }

  /** Starts the first worker. `argv` is the command line that workers run. */
  start(argv: readonly string[]): void {
    this.#argv = argv;
    this.restart();
  }

  /** Replaces the worker that serves by one that reads the project anew. */
  restart(): void {
    if (this.#closed) return;
    this.#failed = false;
    this.#serving?.retire();
    this.#serving = undefined;
    this.#starting?.kill();
    this.#starting = this.#takeSpare();
    this.#starting.go(this.#argv);
  }

  /** Tells those who serve of a changed file that needs no restart. */
  notify(path: string): void {
    this.#serving?.notify(path);
    this.#starting?.notify(path);
  }

  /** Ends all processes and closes the socket. */
  close(): void {
    this.#closed = true;
    this.#server.close();
    for (const worker of this.#workers) worker.kill();
    for (const socket of this.#waiting) socket.destroy();
    this.#waiting = [];
  }

  /** The processes that are alive. */
  get pids(): number[] {
    return [...this.#workers].flatMap((worker) => worker.pid ?? []);
  }

  #accept(socket: Socket): void {
    if (this.#closed) return void socket.destroy();
    if (this.#serving) return this.#serving.serve(socket);
    if (this.#failed) return refuse(socket);
    this.#waiting.push(socket);
    // A worker that broke while serving is replaced when somebody asks: never in a loop, always in time.
    if (!this.#starting) this.restart();
  }

  #takeSpare(): WorkerProcess {
    const spare = this.#spare ?? this.#spawn("now");
    this.#spare = undefined;
    return spare;
  }

  #spawn(role: WorkerRole): WorkerProcess {
    const worker = new WorkerProcess(this.#entry, role, {
      onReady: (ready, watch) => this.#onReady(ready, watch),
      onGone: (gone, left) => this.#onGone(gone, left),
    });
    this.#workers.add(worker);
    return worker;
  }

  #onReady(worker: WorkerProcess, watch: readonly string[]): void {
    if (worker !== this.#starting) return;
    this.#starting = undefined;
    this.#serving = worker;
    for (const socket of this.#waiting.splice(0)) worker.serve(socket);
    this.#events.onServing?.(watch);
    setTimeout(() => this.#keepSpare(), SPARE_DELAY_MS).unref();
  }

  #keepSpare(): void {
    if (!this.#closed && this.#serving) this.#spare ??= this.#spawn("spare");
  }

  #onGone(worker: WorkerProcess, left: readonly Socket[]): void {
    this.#workers.delete(worker);
    if (worker === this.#spare) this.#spare = undefined;
    if (worker === this.#serving) this.#serving = undefined;
    if (worker === this.#starting) this.#fail();
    for (const socket of left) this.#accept(socket);
  }

  #fail(): void {
    this.#starting = undefined;
    this.#failed = true;
    this.#events.onFailed?.();
    for (const socket of this.#waiting.splice(0)) refuse(socket);
  }
}

function refuse(socket: Socket): void {
  socket.resume();
  socket.end(UNAVAILABLE);
}
