/** Checks rows from a database: each must have the right form, and all must fit together. */
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
  HeldIdentifier,
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

/** The largest time or count. The sum of two times up to it is still a valid date. */
const LARGEST = 1e15;

const text: Form = (value) => typeof value === "string";
const flag: Form = (value) => typeof value === "boolean";
const number: Form = (value) => typeof value === "number" && Math.abs(value) <= LARGEST;
const fieldOf = (value: unknown, name: string) => (value as Record<string, unknown> | null)?.[name];
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

/** The type demands every field, so that a new field is not forgotten here. */
function fields<T>(forms: { readonly [M in keyof T]-?: Form }): Form {
  const wanted = Object.entries<Form>(forms);
  return (value) => map(value) && wanted.every(([name, form]) => form(fieldOf(value, name)));
}

/** Each value must have the type of its default. A key that the table does not have belongs to a dialect. */
const policy: Form = (values) => map(values) && Object.entries(values as object).every(isPossiblePolicy);

function isPossiblePolicy([key, value]: [string, unknown]): boolean {
  const known: { readonly default: unknown } | undefined = assumptions[key as keyof typeof assumptions];
  if (known === undefined || value === undefined) return true;
  if (known.default === null) return nullable(text)(value);
  return Array.isArray(known.default) ? listOf(text)(value) : typeof value === typeof known.default;
}

const keptBody: Form = (value) => text(value) || fields<{ length: number }>({ length: number })(value);

const FORMS: { readonly [K in Kind | Log]: Form } = {
  settings: fields<Settings>({
    clock: fields<ClockState>({
      offsetMs: number,
      frozenAt: nullable(number),
      startedAt: optional(number),
      setBackMs: optional(number),
    }),
    policy: fields<Settings["policy"]>({ all: policy, dialects: mapOf(policy) }),
  }),
  account: fields<Account>({
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
  held: fields<HeldIdentifier>({ accountId: text, forgetAt: number }),
  challenge: fields<Challenge>({ x: number, expiresAt: number, answeredAt: optional(number), forgetAt: number }),
  pass: fields<CaptchaPass>({
    token: text,
    sender: text,
    expiresAt: number,
    usedAt: optional(number),
    forgetAt: number,
  }),
  code: fields<CodeRecord>({
    issued: listOf(fields<IssuedCode>({ code: text, expiresAt: number, failures: number, usedAt: optional(number) })),
    count: number,
    day: optional(number),
    forgetAt: number,
  }),
  sendings: fields<Kinds["sendings"]>({
    sent: listOf(fields<Kinds["sendings"]["sent"][number]>({ scene: text, at: number })),
    forgetAt: number,
  }),
  token: fields<IssuedToken>({ accountId: text, use: text, expiresAt: number, forgetAt: number }),
  permit: fields<ChangeToken>({
    accountId: text,
    mobile: text,
    expiresAt: number,
    usedAt: optional(number),
    forgetAt: number,
  }),
  faults: listOf(
    fields<Fault>({
      id: text,
      check: optional(text),
      answer: optional(fields<{ status: number }>({ status: number })),
      transport: optional(text),
      delayMs: fields<Fault["delayMs"]>({ min: number, max: number }),
      remaining: number,
    }),
  ),
  counter: number,
  messages: fields<Message>({
    channel: text,
    to: text,
    scene: text,
    code: text,
    language: text,
    text,
    sentAt: number,
    expiresAt: number,
  }),
  requests: fields<Exchange>({
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

/** Describes the first row that no store can have written; undefined if all rows are valid. */
export function problemIn(rows: readonly Row[]): string | undefined {
  const values = new Map(rows.map(({ sandbox, kind, key, value }) => [JSON.stringify([sandbox, kind, key]), value]));
  const valueAt: ValueAt = (...key) => values.get(JSON.stringify(key));
  const broken = rows.find((row) => !(isWellFormed(row) && isConsistent(row, valueAt)));
  return broken && `${broken.kind} ${JSON.stringify(broken.key)} does not have the form that this mock writes`;
}

type ValueAt = (sandbox: string, kind: Kind, key: unknown) => unknown;

function isWellFormed({ sandbox, kind, key, value }: Row): boolean {
  const keyForm = kind === "messages" || kind === "requests" ? number : text;
  return text(sandbox) && keyForm(key) && Object.hasOwn(FORMS, kind) && FORMS[kind](value);
}

/** Whether the row's sandbox exists and, for an account or an identifier, whether both refer to each other. */
function isConsistent({ sandbox, kind, key, value }: Row, valueAt: ValueAt): boolean {
  if (valueAt(sandbox, "settings", "") === undefined) return false;
  if (IDENTIFIERS.includes(kind as Identifier)) return fieldOf(valueAt(sandbox, "account", value), kind) === key;
  if (kind !== "account") return true;
  return (
    fieldOf(value, "id") === key &&
    IDENTIFIERS.every((identifier) => {
      const own = fieldOf(value, identifier);
      return own === undefined || valueAt(sandbox, identifier, own) === key;
    })
  );
}
