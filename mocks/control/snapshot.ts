/** Converts a sandbox to one JSON value and back. */
import { IDENTIFIERS } from "../core/accounts.ts";
import { iso, parseIso, timeOf } from "../core/clock.ts";
import { parseEmail } from "../core/email.ts";
import { parseMobile } from "../core/mobile.ts";
import type { Account, Entry, Expiring, Fault, Kind, Settings } from "../core/records.ts";
import type { Content, Read } from "../core/store.ts";
import type { MockContext } from "../engine/transact.ts";
import { inSlices } from "../lib/slices.ts";
import { type CheckId, operationEntries } from "../spec/index.ts";
import { badRequest, type Handlers, inSandbox, type Schemas } from "./calls.ts";
import { deepCamelKeys, deepSnakeKeys } from "./case-conversion.ts";
import { messageOnWire } from "./messages.ts";
import { assertPossiblePolicy } from "./policy.ts";

type Records = Schemas["Records"];

/** Without `settings`, which is one record, and without the identifiers, which are rebuilt from the accounts. */
const KINDS = [
  ...(["account", "held", "challenge", "pass", "code"] as const),
  ...(["sendings", "token", "permit", "faults", "counter"] as const),
] as const;

/** The names below these fields are data: keys of a policy, the body of a response. */
const OPAQUE: ReadonlySet<string> = new Set(["policy", "body"]);

const SETTINGS_KEY = "";

/** More than the time from 1970 to the end of the year 9999. */
const LARGEST_OFFSET_MS = 300_000_000_000_000;

export const snapshot: Handlers<"takeSnapshot" | "restoreSnapshot"> = {
  async takeSnapshot(_input, context) {
    const { now, ...content } = await inSandbox(context, ({ tx, now }) => ({
      ...tx.resultOf("content", () => context.mock.store.dump(tx.sandbox)),
      now,
    }));
    return {
      version: 1 as const,
      client_id: context.clientId,
      taken_at: iso(now),
      records: await inSlices(recordsOnWire(content.records, now)),
      messages: structuredClone(content.messages.map(messageOnWire)),
    };
  },

  async restoreSnapshot({ body }, context) {
    const { mock, clientId } = context;
    const content = await inSlices(contentOf(body, mock));
    await inSandbox(context, () => undefined);
    await mock.store.load(clientId, content);
    mock.events.emit({ type: "reset", clientId, lastMessage: content.messages.at(-1)?.id ?? 0 });
    return undefined;
  },
};

/** Copies each value, because the caller may change the snapshot and the store's values must never change. */
function* recordsOnWire(records: readonly Read[], now: number): Generator<void, Records> {
  const entries = new Map<Kind, [string, unknown][]>(KINDS.map((kind) => [kind, []]));
  let settings: unknown;
  for (const { kind, key, value } of records) {
    if (kind === "settings") settings = structuredClone(deepSnakeKeys(value, OPAQUE));
    else if (!isForgotten(value, now)) entries.get(kind)?.push([key, structuredClone(onWire(kind, value))]);
    yield;
  }
  const byKind = Array.from(entries, ([kind, own]) => [kind, Object.fromEntries(own)]);
  return { settings, ...Object.fromEntries(byKind) } as Records;
}

function* contentOf({ records, messages }: Schemas["Snapshot"], mock: MockContext): Generator<void, Content> {
  const settings = settingsOf(structuredClone(records.settings));
  assertPossibleSettings(settings, mock);
  const others = yield* recordsOf(records);
  return {
    records: [{ kind: "settings", key: SETTINGS_KEY, value: settings }, ...others],
    messages: messagesOf(structuredClone(messages)),
  };
}

function isForgotten(value: unknown, now: number): boolean {
  return ((value as Partial<Expiring>).forgetAt ?? Number.POSITIVE_INFINITY) <= now;
}

/** The id of an account is its key, so it is left out. */
function onWire(kind: Kind, value: unknown): unknown {
  if (kind !== "account") return deepSnakeKeys(value, OPAQUE);
  const { id: _key, ...account } = value as Account;
  return account;
}

function settingsOf({ clock, policy }: Records["settings"]): Settings {
  const known = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  const dialects = Object.entries(policy.dialects).map(([name, values]) => [name, known(values)]);
  return {
    clock: deepCamelKeys(clock, OPAQUE) as Settings["clock"],
    policy: { all: known(policy.all), dialects: Object.fromEntries(dialects) },
  };
}

function assertPossibleSettings(settings: Settings, mock: MockContext): void {
  const unknown = Object.keys(settings.policy.dialects).find((name) => !mock.dialects.some((one) => one.name === name));
  if (unknown !== undefined) throw badRequest(`unknown dialect "${unknown}"`);
  assertPossiblePolicy(settings, mock);
  if (timeOf(settings.clock, mock.clock) < 0 || Math.abs(settings.clock.offsetMs) > LARGEST_OFFSET_MS) {
    throw badRequest("the time of the clock must lie within the years 1970 to 9999");
  }
}

function* recordsOf(records: Records): Generator<void, Read[]> {
  const found: Read[] = [];
  const taken = new Set<string>();
  // Only the keys: the list of all entries of a large snapshot takes long.
  for (const id of Object.keys(records.account)) {
    const account: Account = { id, ...structuredClone(records.account[id]) } as Account;
    found.push({ kind: "account", key: id, value: account }, ...identifiersOf(account, taken));
    yield;
  }
  for (const kind of KINDS.filter((one) => one !== "account")) {
    for (const [key, value] of Object.entries(records[kind] ?? {})) {
      const other = { kind, key, value: deepCamelKeys(structuredClone(value), OPAQUE) } as Read;
      assertPossibleRecord(other);
      found.push(other);
      yield;
    }
  }
  return found;
}

function assertPossibleRecord({ kind, key, value }: Read): void {
  if (kind === "faults") assertPossibleFaults(key, value ?? []);
  if (kind === "permit" && parseMobile(value?.mobile)?.canonical !== value?.mobile) {
    throw badRequest(notCanonical(String(value?.mobile)));
  }
}

/** The account id of its number, address and user name. */
function identifiersOf(account: Account, taken: Set<string>): Read[] {
  assertCanonical(account);
  return IDENTIFIERS.flatMap((kind): Read[] => {
    const key = account[kind];
    if (key === undefined) return [];
    if (taken.has(`${kind} ${key}`)) throw badRequest(`two accounts have the ${kind} ${key}`);
    taken.add(`${kind} ${key}`);
    return [{ kind, key, value: account.id }];
  });
}

function assertCanonical({ mobile, email }: Account): void {
  if (parseMobile(mobile)?.canonical !== mobile) throw badRequest(notCanonical(String(mobile)));
  if (parseEmail(email) !== email) throw badRequest(`${email} is not an e-mail address in lower case`);
}

function notCanonical(mobile: string): string {
  return `${mobile} is not a mobile number in canonical form, such as +86-15201657312`;
}

function assertPossibleFaults(operation: string, faults: readonly Fault[]): void {
  const entry = operationEntries.find(({ id }) => id === operation);
  if (entry === undefined) throw badRequest(`unknown operation "${operation}"`);
  for (const { check, delayMs } of faults) {
    if (delayMs.min > delayMs.max) throw badRequest("delay_ms: min must not exceed max");
    if (check !== undefined && !entry.checks.includes(check as CheckId)) {
      throw badRequest(`${operation} has no check ${check}`);
    }
  }
}

/** Throws a `ControlError` unless the ids grow, as in a log. */
function messagesOf(messages: readonly Schemas["Message"][]): Entry<"messages">[] {
  let last = 0;
  return messages.map(({ id, sent_at, expires_at, ...message }) => {
    const sentAt = parseIso(sent_at);
    const expiresAt = parseIso(expires_at);
    if (!/^\d{1,15}$/.test(id) || sentAt === undefined || expiresAt === undefined) {
      throw badRequest(`message ${id} has an invalid id or time`);
    }
    if (Number(id) <= last) throw badRequest(`message ${id} must have a higher id than message ${last} before it`);
    last = Number(id);
    return { id: last, value: { ...message, sentAt, expiresAt } };
  });
}
