/** Tells the other mocks of this store what happens, over a channel of Redis. */
import { randomUUID } from "node:crypto";
import type { MockEvent, Peers } from "../../core/events.ts";
import type { Connection } from "./connection.ts";

/** The events of one turn go out together. A mock skips those that come back to it. */
export function channelPeers(connection: Pick<Connection, "publish" | "listen">): Peers {
  const own = randomUUID();
  let waiting: MockEvent[] = [];
  const flush = () => {
    connection.publish(`${own} ${JSON.stringify(waiting)}`);
    waiting = [];
  };
  return {
    tell(event) {
      if (waiting.push(event) === 1) queueMicrotask(flush);
    },
    listen: (listener) =>
      connection.listen((text) => {
        if (text.startsWith(own)) return;
        for (const event of JSON.parse(text.slice(own.length + 1)) as MockEvent[]) listener(event);
      }),
  };
}
