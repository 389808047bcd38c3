import { beforeEach, describe, expect, test } from "vitest";

import { Signal } from "./index.ts";

interface Paid {
  readonly sender?: unknown;
  readonly amount: number;
}

function failing(): never {
  throw new TypeError("no");
}

let paid: Signal<Paid>;
let heard: number[];
function listener({ amount }: Paid): number {
  return heard.push(amount);
}

beforeEach(() => {
  paid = new Signal<Paid>();
  heard = [];
});

describe("a signal", () => {
  test("reaches receivers in the order of their connections, once each", () => {
    paid.connect(() => heard.push(1));
    paid.connect(listener);
    paid.connect(listener);
    paid.send({ amount: 2 });
    expect(heard).toEqual([1, 2]);
  });

  test("reaches those who listen to its sender", () => {
    const shop = {};
    paid.connect(listener, { sender: shop });
    paid.send({ amount: 1 });
    paid.send({ amount: 2, sender: {} });
    paid.send({ amount: 3, sender: shop });
    expect(heard).toEqual([3]);
    expect([paid.hasListeners(shop), paid.hasListeners({})]).toEqual([true, false]);
  });

  test("knows connections by their uid", () => {
    paid.connect(() => heard.push(1), { dispatchUid: "once" });
    paid.connect(() => heard.push(2), { dispatchUid: "once" });
    paid.send({ amount: 0 });
    expect(heard).toEqual([1]);
    expect(paid.disconnect(listener, { dispatchUid: "once" })).toBe(true);
    expect(paid.hasListeners()).toBe(false);
  });

  test("is no longer heard after the connection is undone", () => {
    const disconnect = paid.connect(listener);
    disconnect();
    expect(paid.disconnect(listener)).toBe(false);
    paid.send({ amount: 1 });
    expect(heard).toEqual([]);
  });

  test("reaches all that were connected when it was sent", () => {
    const first = (): void => {
      paid.disconnect(listener);
      paid.connect(() => heard.push(99));
    };
    paid.connect(first);
    paid.connect(listener);
    paid.send({ amount: 1 });
    expect(heard).toEqual([1]);
  });

  test("hands back what receivers return, or their errors", async () => {
    paid.connect(failing);
    paid.connect(async ({ amount }) => Promise.resolve(amount * 2));
    expect(() => paid.send({ amount: 1 })).toThrow("no");
    const responses = await paid.asendRobust({ amount: 4 });
    expect(responses.map(([, response]) => response)).toEqual([new TypeError("no"), 8]);
    await expect(paid.asend({ amount: 1 })).rejects.toThrow("no");
    expect(paid.sendRobust({ amount: 1 })[0]).toEqual([failing, new TypeError("no")]);
  });
});
