/** The base of a world: requests to the API, the exchanges and deviations of the case, its secrets and the target's policy. */

import type { Choice } from "../reports/report.ts";
import { type Basis, UNIVERSAL } from "../spec/basis.ts";
import type { DialectCodec } from "../spec/dialects/codec.ts";
import { codecOf } from "../spec/dialects/index.ts";
import type { Operation } from "../spec/types.ts";
import type { StatedPolicy } from "../target/stated-policy.ts";
import type { Target } from "../target/target.ts";
import { bodyText } from "../target/transport.ts";
import type { Case } from "./case.ts";
import { secretsOf } from "./masking.ts";
import { randomDataOf } from "./random-data.ts";
import { secretsIn, secretsInHeaders } from "./secret-fields.ts";
import { sender } from "./send.ts";
import type { Session } from "./session.ts";
import type { Deviation, DeviationDetails, Draft, Recorded, World } from "./world.ts";

export type Base = Pick<
  World,
  | "spec"
  | "target"
  | "clientId"
  | "random"
  | "deviations"
  | "choices"
  | "exchanges"
  | "secrets"
  | "assumes"
  | "ceiling"
  | "operation"
  | "violate"
  | "expect"
  | "choose"
  | "noteForm"
  | "judgeForm"
  | "figure"
  | "states"
  | "draft"
  | "send"
>;

export function baseOf(session: Session, target: Target, policy: StatedPolicy, about: Case): Base {
  const clientId = target.clientId ?? session.clientId;
  const secrets = secretsOf();
  for (const value of Object.values(target.headers ?? {})) secrets.add("header", value);
  const deviations: Deviation[] = [];
  const choices: Choice[] = [];
  const exchanges: Recorded[] = [];
  let assumes = false;
  const basis = basisOf(session, about);
  const deviation = (what: string, expected: string, got: string, details: DeviationDetails = {}): Deviation => ({
    what,
    expected: secrets.mask(expected),
    got: secrets.mask(got),
    basis: details.basis ?? basis,
    certain: details.certain ?? false,
    // Most expectations are about the response before them.
    exchange: details.exchange ?? (exchanges.length === 0 ? undefined : exchanges.length - 1),
  });
  const violate: Base["violate"] = (...facts) => void deviations.push(deviation(...facts));
  const noteForm: Base["noteForm"] = (operation, ...facts) => {
    const { exchange = -1 } = facts[3];
    if (session.form.isJudged(operation)) session.form.add(operation, deviation(...facts), exchanges[exchange]);
    else violate(...facts);
  };
  const record = (exchange: Recorded) => {
    const index = exchanges.push(exchange) - 1;
    for (const body of [bodyText(exchange.sent), exchange.response?.body ?? ""]) {
      for (const found of secretsIn(body, session.spec.secretFields)) secrets.add(...found);
    }
    for (const found of secretsInHeaders(exchange.response?.headers ?? {})) secrets.add(...found);
    return index;
  };
  const send = sender(session, { target, violate, noteForm, record, secrets });
  return {
    spec: session.spec,
    target,
    clientId,
    random: randomDataOf(session.seed, about.id),
    deviations,
    choices,
    exchanges,
    secrets,
    get assumes() {
      return assumes;
    },
    ceiling: about.basis ?? (about.category === "order" ? basis : UNIVERSAL),
    operation: session.operation,
    violate,
    expect(holds, ...facts) {
      if (!holds) violate(...facts);
      return holds;
    },
    choose(choice, mock, does) {
      const seen = choices.some((one) => one.choice === choice && one.target === does);
      if (mock !== does && !seen) choices.push({ choice, mock, target: does });
    },
    noteForm,
    judgeForm(operation) {
      for (const { deviation, count, example } of session.form.of(operation)) {
        const exchange = example === undefined ? undefined : exchanges.push(example) - 1;
        const what = count === 1 ? deviation.what : `${deviation.what}, in ${count} responses`;
        deviations.push({ ...deviation, what, exchange });
      }
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

/** What a deviation is founded on if the case does not say more. */
export function basisOf(session: Pick<Session, "operation">, { operation, check, category, basis }: Case): Basis {
  if (basis !== undefined) return basis;
  const { errors, page, order } = session.operation(operation);
  if (category === "order") return order;
  if (category === "success" || category === "form") return page;
  return (check === undefined ? undefined : errors.get(check)?.basis) ?? UNIVERSAL;
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
