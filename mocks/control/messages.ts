/** The inbox: lists sent messages and waits for new ones. */
import { iso, SECOND_MS } from "../core/clock.ts";
import { canonicalReceiver } from "../core/receiver.ts";
import type { Entry, Message } from "../core/records.ts";
import { enter } from "../engine/open-calls.ts";
import { type ControlContext, type ControlInput, type Handlers, inSandbox, type Schemas } from "./calls.ts";

type Query = ControlInput<"listMessages">["query"];

export const messages: Handlers<"listMessages"> = {
  async listMessages({ query }, context) {
    const present = await matching(query, context);
    if (present.length > 0 || !query.wait) return { messages: present };
    const leave = enter(context.mock.openCalls.waits, "calls that wait for a message");
    try {
      return { messages: await arriving(query, query.wait, context) };
    } finally {
      leave();
    }
  },
};

async function matching(query: Query, context: ControlContext): Promise<Schemas["Message"][]> {
  const entries = await inSandbox(context, ({ tx }) =>
    tx.resultOf("messages", () => context.mock.store.tail(tx.sandbox, "messages", Number(query.after ?? 0))),
  );
  return entries.filter(({ value }) => isWanted(value, query)).map(messageOnWire);
}

function isWanted(message: Message, { to, scene }: Query): boolean {
  const isReceiver = to === undefined || message.to === canonicalReceiver(to);
  return isReceiver && (scene === undefined || message.scene === scene);
}

/** The matching messages as soon as there is one; none after `seconds` of real time or when the client has disconnected. */
async function arriving(query: Query, seconds: number, context: ControlContext): Promise<Schemas["Message"][]> {
  const { events, sleep } = context.mock;
  const arrived = new AbortController();
  const over = AbortSignal.any([arrived.signal, ...(context.gone === undefined ? [] : [context.gone()])]);
  let unsubscribe = () => {};
  const found = new Promise<Schemas["Message"][]>((resolve, reject) => {
    const look = () => matching(query, context).then((messages) => messages.length > 0 && resolve(messages), reject);
    unsubscribe = events.subscribeTo(context.clientId, (event) => {
      if (event.type === "message" && isWanted(event.message, query)) look();
    });
    // Look once more: a message may have arrived between the first look and the subscription.
    look();
  });
  try {
    // The last look finds a message of another process whose event was lost, as when Redis was away.
    const late = sleep(seconds * SECOND_MS, over).then(() => (over.aborted ? [] : matching(query, context)));
    return await Promise.race([found, late]);
  } finally {
    unsubscribe();
    arrived.abort();
  }
}

export function messageOnWire({ id, value }: Entry<"messages">): Schemas["Message"] {
  const { channel, to, scene, code, language, text, sentAt, expiresAt } = value;
  return {
    id: String(id),
    channel,
    to,
    scene,
    code,
    language,
    text,
    sent_at: iso(sentAt),
    expires_at: iso(expiresAt),
  };
}
