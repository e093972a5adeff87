/** Puts a proxy in front of the mock that spoils some responses, and finds the cases that notice. */

import { outcomeOf } from "../../contracts/runner/outcome.ts";
import { type PlannedCase, planOf } from "../../contracts/runner/plan.ts";
import type { Operation, Spec } from "../../contracts/spec/types.ts";
import { controlTarget } from "../../contracts/target/control-target.ts";
import type { Case } from "../../contracts/world/case.ts";
import { openSession, type Session } from "../../contracts/world/session.ts";
import { createMock } from "../../mocks/index.ts";
import { grouped } from "./grouped.ts";
import { type ApiResponse, type ResponseMutant, responseMutants } from "./response-mutants.ts";

export interface Tried {
  readonly mutant: ResponseMutant;
  /** Whether any response was changed. */
  readonly reached: boolean;
  /** The first case that failed. */
  readonly killedBy: string | undefined;
}

export async function triedResponseMutants(spec: Spec, cases: readonly Case[]): Promise<readonly Tried[]> {
  const proxy = mutatingProxy(spec);
  const target = await controlTarget({ baseUrl: "http://ciam.test", fetch: proxy.fetch });
  const session = await openSession(spec, target, { seed: "response mutants" });
  const entries = grouped(planOf(spec, cases, target), ({ case: one }) => placeOf(session, one));
  const tried: Tried[] = [];
  for (const mutant of responseMutants(spec)) {
    proxy.put(mutant);
    const killedBy = await firstToFail(session, entries.get(`${mutant.operation} ${mutant.code ?? "success"}`) ?? []);
    tried.push({ mutant, reached: proxy.reached(), killedBy });
  }
  return tried;
}

/** The operation and error code, or the success, at which a case must notice. */
function placeOf(session: Session, { operation, check, category }: Case): string {
  if (check === undefined) return `${operation} ${category}`;
  return `${operation} ${session.operation(operation).errors.get(check)?.code}`;
}

async function firstToFail(session: Session, entries: readonly PlannedCase[]): Promise<string | undefined> {
  for (const entry of entries) {
    const { outcome, id } = await outcomeOf(session, entry, { strict: true });
    if (outcome === "failed") return id;
  }
  return undefined;
}

/** The mock behind a proxy that changes the API's responses; the control protocol is unchanged. */
function mutatingProxy(spec: Spec) {
  const mock = createMock();
  let current: ResponseMutant | undefined;
  let changed = false;
  return {
    put(mutant: ResponseMutant) {
      current = mutant;
      changed = false;
    },
    reached: () => changed,
    async fetch(url: string, init: RequestInit): Promise<Response> {
      const response = await mock.fetch(url, init);
      const headers = new Headers(init.headers);
      const operation = operationOf(spec, new URL(url).pathname, headers);
      if (current === undefined || operation?.id !== current.operation) return response;
      const answer: ApiResponse = { status: response.status, body: await response.text() };
      const wrong = isMeant(current, answer) ? current.alter(answer, headers.get("x-l") === "zh") : answer;
      changed ||= wrong !== answer;
      return new Response(wrong.body === "" ? null : wrong.body, { status: wrong.status, headers: response.headers });
    },
  };
}

/** Of two operations on one path, the one that is called with or without a token. */
function operationOf({ operations }: Spec, path: string, headers: Headers): Operation | undefined {
  const sharing = operations.filter((operation) => operation.path === path);
  return sharing.find(({ signedIn }) => signedIn === headers.has("authorization")) ?? sharing[0];
}

function isMeant({ code }: ResponseMutant, { status, body }: ApiResponse): boolean {
  return code === undefined ? status === 200 : status === 400 && body.includes(`"${code}"`);
}
