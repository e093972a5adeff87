/** Whether rows that were found in a database are such as a store has written: each of the right form, and all fitting together. */
import { IDENTIFIERS, type Identifier } from "../../core/accounts.ts";
import { assumptions } from "../../core/policy.ts";
import type {
  Account,
  CaptchaPass,
  Challenge,
  ChangeToken,
  ClockState,
  CodeRecord,
  Exchange,
  Fault,
  IssuedCode,
  IssuedToken,
  Kind,
  Kinds,
  Log,
  Message,
  Settings,
} from "../../core/records.ts";

/** A record under its key, or an entry of a log under its id. */
export interface Row {
  readonly sandbox: string;
  readonly kind: Kind | Log;
  readonly key: string | number;
  readonly value: unknown;
}

type Form = (value: unknown) => boolean;

/** Times and counts; every time within this can be written as a date, even when two are added. */
const LARGEST = 1e15;

const text: Form = (value) => typeof value === "string";
const flag: Form = (value) => typeof value === "boolean";
const number: Form = (value) => typeof value === "number" && Math.abs(value) <= LARGEST;
const memberOf = (value: unknown, name: string) => (value as Record<string, unknown> | null)?.[name];
const map: Form = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf =
  (item: Form): Form =>
  (value) =>
    Array.isArray(value) && value.every(item);
const optional =
  (form: Form): Form =>
  (value) =>
    value === undefined || form(value);
const nullable =
  (form: Form): Form =>
  (value) =>
    value === null || form(value);
const mapOf =
  (item: Form): Form =>
  (value) =>
    map(value) && Object.values(value as object).every(item);

/** Every member of the type has to be named, so that a new one is not forgotten. */
function members<T>(forms: { readonly [M in keyof T]-?: Form }): Form {
  const wanted = Object.entries<Form>(forms);
  return (value) => map(value) && wanted.every(([name, form]) => form(memberOf(value, name)));
}

/** Each of the kind of its default; what the table does not know belongs to a dialect. */
const policy: Form = (values) => map(values) && Object.entries(values as object).every(isPossiblePolicy);

function isPossiblePolicy([key, value]: [string, unknown]): boolean {
  const known: { readonly default: unknown } | undefined = assumptions[key as keyof typeof assumptions];
  if (known === undefined || value === undefined) return true;
  if (known.default === null) return nullable(text)(value);
  return Array.isArray(known.default) ? listOf(text)(value) : typeof value === typeof known.default;
}

const keptBody: Form = (value) => text(value) || members<{ length: number }>({ length: number })(value);

const FORMS: { readonly [K in Kind | Log]: Form } = {
  settings: members<Settings>({
    clock: members<ClockState>({ offsetMs: number, frozenAt: nullable(number) }),
    policy: members<Settings["policy"]>({ all: policy, dialects: mapOf(policy) }),
  }),
  account: members<Account>({
    id: text,
    mobile: optional(text),
    email: optional(text),
    username: optional(text),
    name: optional(text),
    passwords: listOf(text),
  }),
  mobile: text,
  email: text,
  username: text,
  challenge: members<Challenge>({ x: number, expiresAt: number, answeredAt: optional(number), forgetAt: number }),
  pass: members<CaptchaPass>({
    token: text,
    sender: text,
    expiresAt: number,
    usedAt: optional(number),
    forgetAt: number,
  }),
  code: members<CodeRecord>({
    issued: listOf(members<IssuedCode>({ code: text, expiresAt: number, failures: number, usedAt: optional(number) })),
    count: number,
    forgetAt: number,
  }),
  sendings: members<Kinds["sendings"]>({
    sent: listOf(members<Kinds["sendings"]["sent"][number]>({ scene: text, at: number })),
    forgetAt: number,
  }),
  token: members<IssuedToken>({ accountId: text, use: text, expiresAt: number, forgetAt: number }),
  permit: members<ChangeToken>({
    accountId: text,
    mobile: text,
    expiresAt: number,
    usedAt: optional(number),
    forgetAt: number,
  }),
  faults: listOf(
    members<Fault>({
      id: text,
      check: optional(text),
      answer: optional(members<{ status: number }>({ status: number })),
      transport: optional(text),
      delayMs: members<Fault["delayMs"]>({ min: number, max: number }),
      remaining: number,
    }),
  ),
  counter: number,
  messages: members<Message>({
    channel: text,
    to: text,
    scene: text,
    code: text,
    language: text,
    text,
    sentAt: number,
    expiresAt: number,
  }),
  requests: members<Exchange>({
    at: number,
    operation: nullable(text),
    decidedBy: text,
    why: text,
    injected: flag,
    method: text,
    path: text,
    headers: map,
    body: keptBody,
    status: number,
    answerHeaders: map,
    answerBody: keptBody,
  }),
};

/** The first row that no store has written, in words for people; undefined when there is none. */
export function problemIn(rows: readonly Row[]): string | undefined {
  const values = new Map(rows.map(({ sandbox, kind, key, value }) => [JSON.stringify([sandbox, kind, key]), value]));
  const valueAt: ValueAt = (...place) => values.get(JSON.stringify(place));
  const fault = rows.find((row) => !(isWellFormed(row) && hasItsPlace(row, valueAt)));
  return fault && `${fault.kind} ${JSON.stringify(fault.key)} is not as this mock writes it`;
}

type ValueAt = (sandbox: string, kind: Kind, key: unknown) => unknown;

function isWellFormed({ sandbox, kind, key, value }: Row): boolean {
  const keyForm = kind === "messages" || kind === "requests" ? number : text;
  return text(sandbox) && keyForm(key) && Object.hasOwn(FORMS, kind) && FORMS[kind](value);
}

/** Whether its sandbox is open; and of an account, whether it is found by all that it has, and by nothing else. */
function hasItsPlace({ sandbox, kind, key, value }: Row, valueAt: ValueAt): boolean {
  if (valueAt(sandbox, "settings", "") === undefined) return false;
  if (IDENTIFIERS.includes(kind as Identifier)) return memberOf(valueAt(sandbox, "account", value), kind) === key;
  if (kind !== "account") return true;
  return (
    memberOf(value, "id") === key &&
    IDENTIFIERS.every((identifier) => {
      const own = memberOf(value, identifier);
      return own === undefined || valueAt(sandbox, identifier, own) === key;
    })
  );
}
