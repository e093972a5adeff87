/** Makes the world of a case: its sandbox, its drawing of names and numbers, and the preparations that cases share. */

import type { Violation } from "../reports/report.ts";
import type { DialectCodec } from "../spec/dialects/codec.ts";
import { codecOf } from "../spec/dialects/index.ts";
import type { Operation } from "../spec/types.ts";
import { statedPolicy } from "../target/stated-policy.ts";
import type { PolicyValues, Sandbox, Target } from "../target/target.ts";
import { addReceiver, remembered, stateOf, withoutNulls } from "./accounts.ts";
import { allowResending, offered, sentCode, solvedCaptcha } from "./arrange.ts";
import type { Case } from "./case.ts";
import { type Secrets, secretsIn, secretsOf } from "./masking.ts";
import { type RandomData, randomDataOf } from "./random-data.ts";
import { sender } from "./send.ts";
import type { Session } from "./session.ts";
import { type Code, type Draft, NotArranged, type Recorded, type World } from "./world.ts";

/** How many digits a planted code has when the target does not say. */
const CODE_LENGTH = 6;
const PASSWORD_LENGTH = 12;
const LONGEST_LIFE_S = 600;

export interface CreatedWorld {
  readonly world: World;
  /** Gives back what the case took. */
  close(): Promise<void>;
}

export async function createWorld(session: Session, { id, operation }: Case): Promise<CreatedWorld> {
  const sandbox = await session.target.openSandbox?.();
  const target: Target = sandbox ?? session.target;
  const { dialect } = session.operation(operation);
  const accounts: string[] = [];
  const changes: PolicyValues[] = [];
  const applications: Sandbox[] = [];
  const traces = { accounts, changes, applications };
  const world = worldOf(session, target, dialect, randomDataOf(session.seed, id), secretsOf(), traces);
  return {
    world,
    async close() {
      for (const application of applications) await application.close();
      if (sandbox !== undefined) return sandbox.close();
      for (const change of changes) await target.setPolicy?.(defaults(change));
      // Some are gone already: their case was about that.
      for (const account of accounts) await target.deleteAccount?.(account).catch(() => undefined);
    },
  };
}

/** What the case did to the target, so that it can be taken back where there are no sandboxes. */
interface Traces {
  readonly accounts: string[];
  readonly changes: PolicyValues[];
  readonly applications: Sandbox[];
}

function worldOf(
  session: Session,
  target: Target,
  dialect: string,
  random: RandomData,
  secrets: Secrets,
  traces: Traces,
): World {
  const wireFor = (operation: string) => codecOf(session.operation(operation).dialect);
  const clientId = target.clientId ?? session.clientId;
  const policy = statedPolicy(session.policy, dialect);
  const violations: Violation[] = [];
  const exchanges: Recorded[] = [];
  let assumes = false;
  const violate = (what: string, expected: string, got: string) => {
    violations.push({ what, expected: secrets.mask(expected), got: secrets.mask(got) });
  };
  const record = (exchange: Recorded) => {
    exchanges.push(exchange);
    for (const body of [exchange.sent.body ?? "", exchange.response?.body ?? ""]) {
      for (const found of secretsIn(body, session.spec.secretFields)) secrets.add(...found);
    }
  };
  const send = sender(session, { target, violate, record });
  for (const value of Object.values(target.headers ?? {})) secrets.add("header", value);

  const world: World = {
    spec: session.spec,
    target,
    clientId,
    random: random,
    violations,
    exchanges,
    secrets,
    get assumes() {
      return assumes;
    },
    operation: session.operation,
    violate,
    expect(holds, what, expected, got) {
      if (!holds) violate(what, expected, got);
      return holds;
    },
    figure(key) {
      if (!policy.states(key)) assumes = true;
      return policy.figure(key);
    },
    states: policy.states,

    draft(id, { body, idToken, accessToken } = {}) {
      const operation = session.operation(id);
      const codec = wireFor(id);
      const token = idToken ?? accessToken;
      const headers = { ...requiredHeaders(operation), [codec.clientIdHeader]: clientId };
      if (operation.method !== "GET") Object.assign(headers, { "content-type": "application/json" });
      if (token !== undefined) Object.assign(headers, { Authorization: codec.authorization(token) });
      return { operation: id, headers, body };
    },
    send: (draft, language) =>
      send(language === undefined ? draft : inLanguage(draft, wireFor(draft.operation), language)),

    async account(options = {}) {
      const made = {
        mobile: await freshReceiver("sms"),
        email: await freshReceiver("email"),
        username: random.username(),
        name: random.letters(8),
        password: world.freshPassword(),
      };
      const seed = withoutNulls({ ...made, ...options });
      const account = await offered(target, "createAccount")(seed);
      traces.accounts.push(account.id);
      return remembered(account, seed, secrets);
    },
    async idToken({ id }, options = {}) {
      const { idToken } = await offered(target, "issueTokens")(id, options);
      secrets.add("id_token", idToken);
      return idToken;
    },
    async accessToken({ id }, options = {}) {
      const { accessToken } = await offered(target, "issueTokens")(id, options);
      if (accessToken === undefined) throw new NotArranged("the target issues no access token");
      secrets.add("access_token", accessToken);
      return accessToken;
    },
    freshMobile: () => freshReceiver("sms"),
    freshEmail: () => freshReceiver("email"),
    freshPassword() {
      const [shortest, longest] = [policy.figure("password_min_length"), policy.figure("password_max_length")];
      const password = random.password(Math.min(Math.max(PASSWORD_LENGTH, shortest), longest));
      secrets.add("password", password);
      return password;
    },

    async captchaPass(sender, options = {}) {
      if (target.captchaToken === undefined) return world.solvedCaptcha(sender);
      const pass = await target.captchaToken({ sender, ...options });
      secrets.add("captcha_token", pass);
      return pass;
    },
    async solvedCaptcha(sender) {
      const pass = await solvedCaptcha(world, sender);
      secrets.add("captcha_token", pass);
      return pass;
    },
    async sentCode(options) {
      const sent = await sentCode(world, options);
      secrets.add("verify_code", sent.code);
      return sent;
    },
    async code(options) {
      return target.plantCode === undefined ? world.sentCode(options) : plantedCode(options);
    },
    async anotherCode({ to, scene, code }) {
      if (target.plantCode === undefined) await allowResending(world);
      const another = await world.code({ to, scene });
      if (another.code === code) throw new NotArranged("the target gave the same code twice");
      return another;
    },
    async expiredCode(options) {
      if (target.plantCode === undefined) {
        // The case may have sent one there already.
        await allowResending(world);
        const sent = await world.sentCode(options);
        await world.advance((sent.expiresIn ?? world.figure("code_ttl_seconds")) + 1);
        return sent;
      }
      return plantedCode({ ...options, expiresIn: 0 });
    },
    advance: (seconds) => offered(target, "advanceClock")(seconds),
    failNext(id, check) {
      const error = session.operation(id).errors.get(check);
      if (error === undefined) throw new Error(`${id} has no check ${check}`);
      return offered(target, "failNext")({ operation: id, check, error: error.code });
    },
    async setPolicy(patch) {
      traces.changes.push(patch);
      await offered(target, "setPolicy")(patch);
    },

    async anotherApplication() {
      const application = await offered(session.target, "openSandbox")();
      traces.applications.push(application);
      return application;
    },

    read: async ({ id }) => offered(target, "readAccount")(id),
    async remember(...members) {
      const before = await Promise.all(members.map((account) => stateOf(target, account)));
      return {
        async unchanged() {
          const after = await Promise.all(members.map((account) => stateOf(target, account)));
          for (const [index, state] of before.entries()) {
            world.expect(
              state === after[index],
              "the account, which must not have changed",
              state,
              String(after[index]),
            );
          }
        },
      };
    },
  };

  async function freshReceiver(channel: "sms" | "email"): Promise<string> {
    const receiver = (await target.freshReceiver?.(channel)) ?? (channel === "sms" ? random.mobile() : random.email());
    addReceiver(secrets, receiver);
    return receiver;
  }

  async function plantedCode(options: { to: string; scene: string; expiresIn?: number }): Promise<Code> {
    const expiresIn = options.expiresIn ?? LONGEST_LIFE_S;
    const code = random.digits(CODE_LENGTH);
    const { to, scene } = options;
    const planted = await offered(target, "plantCode")({ to, scene, code, expiresIn });
    secrets.add("verify_code", planted);
    return { to, scene, code: planted };
  }

  return world;
}

function requiredHeaders({ headers }: Operation): Record<string, string> {
  return Object.fromEntries(headers.filter(({ required }) => required).map(({ name, example }) => [name, example]));
}

function inLanguage(draft: Draft, { languageHeader, languages }: DialectCodec, language: string): Draft {
  const named = language === "en" || language === "zh" ? languages[language] : language;
  return { ...draft, headers: { ...draft.headers, [languageHeader]: named } };
}

function defaults(change: PolicyValues): PolicyValues {
  return Object.fromEntries(Object.keys(change).map((key) => [key, null]));
}
