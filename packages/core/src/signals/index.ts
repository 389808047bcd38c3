// Lets a part of the program hear of what another does, without either importing the other.

/** Called with what was sent. What it returns is handed back to the sender; an `asend` awaits it. */
export type Receiver<P extends object> = (payload: P) => unknown;

/** One receiver and what it returned. */
export type SignalResponse<P extends object> = readonly [receiver: Receiver<P>, response: unknown];

const NOBODY: readonly never[] = [];

interface Connection<P extends object> {
  readonly receiver: Receiver<P>;
  readonly sender: unknown;
  readonly dispatchUid: unknown;
}

/** Narrows what a receiver hears, and names a connection so that making it twice counts once. */
export interface ConnectOptions {
  /** Hear only what this sender sends. */
  readonly sender?: unknown;
  /** Identifies the connection in place of the receiver itself. */
  readonly dispatchUid?: unknown;
}

/**
 * Something that happens, and those who want to know. Answers to Django's `Signal`; receivers are held
 * strongly, since an arrow function would otherwise be collected at once. What is sent is one object, whose
 * `sender`, where it has one, tells who sent it.
 *
 * @example
 * const orderPaid = new Signal<{ sender: typeof Order; order: Order }>();
 * const disconnect = orderPaid.connect(({ order }) => ship(order));
 * orderPaid.send({ sender: Order, order });
 */
export class Signal<P extends object = { readonly sender?: unknown }> {
  // Replaced, never changed, so that a receiver may connect and disconnect while a signal is on its way.
  #connections: readonly Connection<P>[] = [];

  /** Calls `receiver` from now on. Returns the function that undoes it. */
  connect(receiver: Receiver<P>, options: ConnectOptions = {}): () => void {
    const connection: Connection<P> = { receiver, sender: options.sender, dispatchUid: options.dispatchUid };
    if (!this.#connections.some((other) => isSame(other, connection)))
      this.#connections = [...this.#connections, connection];
    return () => {
      this.disconnect(receiver, options);
    };
  }

  /** Undoes `connect` with the same arguments. Tells whether there was such a connection. */
  disconnect(receiver: Receiver<P>, options: ConnectOptions = {}): boolean {
    const wanted = { receiver, sender: options.sender, dispatchUid: options.dispatchUid };
    const left = this.#connections.filter((connection) => !isSame(connection, wanted));
    const found = left.length < this.#connections.length;
    this.#connections = left;
    return found;
  }

  /** Whether anybody would hear what `sender` sends. */
  hasListeners(sender?: unknown): boolean {
    return this.#receiversFor(sender).length > 0;
  }

  /** Calls the receivers one after the other; the first error stops it. Use `asend` where one may be asynchronous. */
  send(payload: P): SignalResponse<P>[] {
    return this.#receiversFor(senderOf(payload)).map((receiver) => [receiver, receiver(payload)]);
  }

  /** Like `send`, but an error becomes that receiver's response and the others are still called. */
  sendRobust(payload: P): SignalResponse<P>[] {
    return this.#receiversFor(senderOf(payload)).map((receiver) => {
      try {
        return [receiver, receiver(payload)];
      } catch (error) {
        return [receiver, asError(error)];
      }
    });
  }

  /** Like `send`, and awaits what the receivers return: all at once, in the order of their connections. */
  async asend(payload: P): Promise<SignalResponse<P>[]> {
    return Promise.all(
      this.#receiversFor(senderOf(payload)).map(async (receiver) => [receiver, await receiver(payload)] as const),
    );
  }

  /** Like `sendRobust`, and awaits what the receivers return. */
  async asendRobust(payload: P): Promise<SignalResponse<P>[]> {
    return Promise.all(
      this.#receiversFor(senderOf(payload)).map(async (receiver) => {
        try {
          return [receiver, await receiver(payload)] as const;
        } catch (error) {
          return [receiver, asError(error)] as const;
        }
      }),
    );
  }

  #receiversFor(sender: unknown): readonly Receiver<P>[] {
    // Most signals are heard by nobody, and some are sent with every request.
    if (this.#connections.length === 0) return NOBODY;
    return this.#connections
      .filter((connection) => connection.sender === undefined || connection.sender === sender)
      .map(({ receiver }) => receiver);
  }
}

function senderOf(payload: object): unknown {
  return "sender" in payload ? payload.sender : undefined;
}

function isSame<P extends object>(a: Connection<P>, b: Connection<P>): boolean {
  const sameReceiver =
    a.dispatchUid === undefined && b.dispatchUid === undefined
      ? a.receiver === b.receiver
      : a.dispatchUid === b.dispatchUid;
  return sameReceiver && a.sender === b.sender;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}
