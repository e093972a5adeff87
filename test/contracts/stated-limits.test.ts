/** A target states how it counts its limits. A case about another count does not apply to it. */
import { expect, test } from "vitest";
import { controlTarget } from "../../contracts/index.ts";
import { runAll } from "../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { createMock, type PolicyPatch } from "../../mocks/index.ts";

/** The outcomes against a mock with this policy, which its only sandbox has. */
async function outcomes(policy: PolicyPatch, only: readonly string[]): Promise<Record<string, string>> {
  const mock = createMock();
  await mock.policy.patch(policy);
  const source = async () => {
    const { openSandbox: _, ...target } = await controlTarget({ baseUrl: "http://ciam.test", fetch: mock.fetch });
    return target;
  };
  const { cases } = await runAll(packagedSpec(), source, { seed: "limits", version: "0", only });
  return Object.fromEntries(cases.map(({ id, outcome }) => [id, outcome]));
}

test.each<[PolicyPatch, string, string]>([
  [{ code_daily_limit_scope: "receiver" }, "quota-counts-all-scenes", "passed"],
  [{ code_daily_limit_scope: "scene" }, "quota-counts-all-scenes", "not-applicable"],
  [{ code_resend_scope: "scene" }, "interval-is-per-scene", "passed"],
  [{ code_resend_scope: "receiver" }, "interval-is-per-scene", "not-applicable"],
])("with the policy %j, the cases %s are %s", async (policy, name, outcome) => {
  expect(await outcomes(policy, [`*/${name}`])).toEqual({
    [`sendSms/${name}`]: outcome,
    [`sendEmail/${name}`]: outcome,
    [`genauthSendSms/${name}`]: outcome,
  });
});
