/** The base of a world: requests to the API, the exchanges and violations of the case, its secrets and the target's policy. */

import type { Violation } from "../reports/report.ts";
import type { DialectCodec } from "../spec/dialects/codec.ts";
import { codecOf } from "../spec/dialects/index.ts";
import type { Operation } from "../spec/types.ts";
import type { StatedPolicy } from "../target/stated-policy.ts";
import type { Target } from "../target/target.ts";
import type { Case } from "./case.ts";
import { secretsIn, secretsOf } from "./masking.ts";
import { randomDataOf } from "./random-data.ts";
import { sender } from "./send.ts";
import type { Session } from "./session.ts";
import type { Draft, Recorded, World } from "./world.ts";

export type Base = Pick<
  World,
  | "spec"
  | "target"
  | "clientId"
  | "random"
  | "violations"
  | "exchanges"
  | "secrets"
  | "assumes"
  | "operation"
  | "violate"
  | "expect"
  | "figure"
  | "states"
  | "draft"
  | "send"
>;

export function baseOf(session: Session, target: Target, policy: StatedPolicy, { id }: Case): Base {
  const clientId = target.clientId ?? session.clientId;
  const secrets = secretsOf();
  for (const value of Object.values(target.headers ?? {})) secrets.add("header", value);
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
  return {
    spec: session.spec,
    target,
    clientId,
    random: randomDataOf(session.seed, id),
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
    draft: (name, options) => draftOf(session.operation(name), clientId, options),
    send: (draft, language) =>
      send(
        language === undefined
          ? draft
          : inLanguage(draft, codecOf(session.operation(draft.operation).dialect), language),
      ),
  };
}

function draftOf(
  operation: Operation,
  clientId: string,
  { body, idToken, accessToken }: Parameters<World["draft"]>[1] = {},
): Draft {
  const codec = codecOf(operation.dialect);
  const token = idToken ?? accessToken;
  const headers = { ...requiredHeaders(operation), [codec.clientIdHeader]: clientId };
  if (operation.method !== "GET") Object.assign(headers, { "content-type": "application/json" });
  if (token !== undefined) Object.assign(headers, { Authorization: codec.authorization(token) });
  return { operation: operation.id, headers, body };
}

function requiredHeaders({ headers }: Operation): Record<string, string> {
  return Object.fromEntries(headers.filter(({ required }) => required).map(({ name, example }) => [name, example]));
}

function inLanguage(draft: Draft, { languageHeader, languages }: DialectCodec, language: string): Draft {
  const named = language === "en" || language === "zh" ? languages[language] : language;
  return { ...draft, headers: { ...draft.headers, [languageHeader]: named } };
}
