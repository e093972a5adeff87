/** The inbox: lists sent messages and waits for new ones. */
import { iso, SECOND_MS } from "../core/clock.ts";
import { canonicalReceiver } from "../core/receiver.ts";
import type { Entry } from "../core/records.ts";
import { type ControlContext, type ControlInput, type Handlers, inSandbox, type Schemas } from "./calls.ts";

type Query = ControlInput<"listMessages">["query"];

export const messages: Handlers<"listMessages"> = {
  async listMessages({ query }, context) {
    const present = await matching(query, context);
    if (present.length > 0 || !query.wait) return { messages: present };
    return { messages: await arriving(query, query.wait, context) };
  },
};

async function matching({ to, scene, after = "0" }: Query, context: ControlContext): Promise<Schemas["Message"][]> {
  const receiver = to === undefined ? undefined : canonicalReceiver(to);
  const entries = await inSandbox(context, ({ tx }) => context.mock.store.tail(tx.sandbox, "messages", Number(after)));
  return entries
    .filter(({ value }) => receiver === undefined || value.to === receiver)
    .filter(({ value }) => scene === undefined || value.scene === scene)
    .map(messageOnWire);
}

/** The matching messages as soon as there is one; none after `seconds` of real time or when the client has disconnected. */
async function arriving(query: Query, seconds: number, context: ControlContext): Promise<Schemas["Message"][]> {
  const { events, sleep } = context.mock;
  const arrived = new AbortController();
  const over = AbortSignal.any([arrived.signal, ...(context.gone === undefined ? [] : [context.gone()])]);
  let unsubscribe = () => {};
  const found = new Promise<Schemas["Message"][]>((resolve, reject) => {
    const look = () => matching(query, context).then((messages) => messages.length > 0 && resolve(messages), reject);
    unsubscribe = events.subscribe((event) => {
      if (event.type === "message" && event.clientId === context.clientId) look();
    });
    // Look once more: a message may have arrived between the first look and the subscription.
    look();
  });
  try {
    return await Promise.race([found, sleep(seconds * SECOND_MS, over).then(() => [])]);
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
