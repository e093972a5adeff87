/** The HTTP status: always 200, or the response's own status behind a gateway that mirrors it. */
import type { Case } from "../../world/case.ts";
import { NotApplicable, type Reply, type World } from "../../world/world.ts";
import {
  caseOf,
  eachRenewed,
  type Fixture,
  type RequestMutation,
  renewed,
  type Scenario,
  succeeds,
} from "../scenario.ts";
import { mutatedDraft } from "../shared/wire/sending.ts";

const POLICY = "genauth_http_status";

/** Refused by the check, then successful, under each of the two policies. */
export function mirrorCase<S extends Fixture>(
  scenario: Scenario<S>,
  mutations: Readonly<Record<string, RequestMutation<S>>>,
  check: string,
): Case {
  return caseOf(
    scenario,
    {
      name: "http-status-as-stated",
      title: 'The HTTP status is 200, or equals statusCode with genauth_http_status "mirror"',
      category: "state",
      requires: ["policy"],
      alone: true,
    },
    async (fixture) => {
      const { world } = fixture;
      if (!world.states(POLICY)) throw new NotApplicable("the target does not state its genauth_http_status");
      const documented = ownStatusOf(world, scenario.operation, check);
      const policies = [
        ["mirror", documented],
        ["always-200", 200],
      ] as const;
      await eachRenewed(scenario, fixture, policies, async (one, [policy, http]) => {
        await world.setPolicy({ [POLICY]: policy });
        expectStatus(world, await world.send(await mutatedDraft(one, mutations[check])), documented, http);
      });
      await world.setPolicy({ [POLICY]: "mirror" });
      await succeeds(await renewed(scenario, fixture));
    },
  );
}

function ownStatusOf(world: World, operation: string, check: string): number {
  const status = world.operation(operation).errors.get(check)?.mirroredStatus;
  if (status === undefined) throw new Error(`${operation} has no check ${check} with its own status`);
  return status;
}

function expectStatus(world: World, { status, json }: Reply, own: number, http: number): void {
  const { statusCode } = (json ?? {}) as { statusCode?: unknown };
  world.expect(statusCode === own, "statusCode", String(own), String(statusCode));
  world.expect(status === http, `HTTP status with statusCode ${own}`, String(http), String(status));
}
