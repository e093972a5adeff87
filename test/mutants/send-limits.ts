/** Bugs in how often sendSms and sendEmail send to one receiver. */
import { both } from "./both-channels.ts";
import type { Mutant } from "./mutant.ts";

const SENDING = "dialects/bamboocloud/sending.ts";
const LIMITS = "dialect-kit/send-checks.ts";
const CODES = "core/codes.ts";

export const sendLimitMutants: readonly Mutant[] = [
  {
    name: "there is no interval between messages",
    file: LIMITS,
    find: "return waitMs === 0",
    put: "return waitMs >= 0",
    kills: [
      ...both("send-too-soon", "two-messages-at-once"),
      "sendSms/interval-is-of-every-number-form",
      "sendEmail/interval-is-of-every-address-form",
      "genauthSendSms/send-too-soon",
      "genauthSendSms/two-messages-at-once",
      "genauthSendSms/interval-is-of-the-number",
    ],
  },
  {
    name: "concurrent sends within the interval all succeed",
    file: "engine/transact.ts",
    find: "first.held ? first.result",
    put: "first.held || first.result !== undefined ? first.result",
    kills: both("two-messages-at-once", "same-captcha-token-at-once"),
  },
  {
    name: "the interval is looked up without normalising the receiver",
    file: SENDING,
    find: "...sendChecks(keyOf),",
    put: "...sendChecks((context: C) => ({ ...keyOf(context), receiver: String(receiverOf(context)) })),",
    kills: ["sendSms/interval-is-of-every-number-form", "sendEmail/interval-is-of-every-address-form"],
  },
  {
    name: "the interval is in minutes",
    file: CODES,
    find: "policy.code_resend_seconds * SECOND_MS",
    put: "policy.code_resend_seconds * 60 * SECOND_MS",
    kills: both("send-again-after-the-interval"),
  },
  {
    name: "a message of any scene starts the interval of all scenes",
    file: CODES,
    find: "sendingsFor(tx, key, policy.code_resend_scope)",
    put: 'sendingsFor(tx, key, "receiver")',
    kills: both("interval-is-per-scene"),
  },
  {
    name: "the interval of a scene applies to all receivers",
    file: CODES,
    find: `export function resendWait(tx: Transaction, key: CodeKey, policy: Policy, now: number): number {
  const last = sendingsFor(tx, key, policy.code_resend_scope).at(-1);`,
    put: `const lastTime = new Map();
export function resendWait(tx, { scene }, policy, now) {
  const last = lastTime.get(tx.sandbox + scene);
  lastTime.set(tx.sandbox + scene, { at: now });`,
    kills: both("interval-is-per-receiver"),
  },
  {
    name: "the quota allows one message too many",
    file: LIMITS,
    find: "sent < context.policy.code_daily_limit",
    put: "sent <= context.policy.code_daily_limit",
    kills: [...both("send-quota-used"), "genauthSendSms/send-quota-used"],
  },
  {
    name: "the quota is counted per scene",
    file: CODES,
    find: "sendingsFor(tx, key, policy.code_daily_limit_scope)",
    put: 'sendingsFor(tx, key, "scene")',
    kills: ["*/quota-counts-all-scenes"],
  },
  {
    name: "the quota resets after two days",
    file: "core/clock.ts",
    find: "export const DAY_MS = 86_400_000;",
    put: "export const DAY_MS = 2 * 86_400_000;",
    kills: both("send-again-after-a-day"),
  },
];
