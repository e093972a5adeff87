/** `prism proxy --errors` as independent judge of all requests and responses between suite and mock. */
import { expect, test } from "vitest";
import { allCases } from "../../contracts/all-cases.ts";
import { controlTarget } from "../../contracts/index.ts";
import { selected } from "../../contracts/runner/plan.ts";
import type { Recorded } from "../../contracts/world/world.ts";
import { createMock, type Mock, type PlainAnswer } from "../../mocks/index.ts";
import { judgeOf, unintended } from "../support/contracts/prism-judge.ts";
import { recordedRun } from "../support/contracts/recorded-run.ts";
import { casesWithout, WIRE_CASES } from "../support/contracts/wire.ts";
import { served } from "../support/mock/served.ts";

const TIMEOUT_MS = 180_000;

/** The judge's findings for these cases; by default for all. */
async function judgement(mock: Mock, only?: readonly string[]) {
  const { url } = await served(mock);
  const judge = await judgeOf(url);
  const target = await controlTarget({ baseUrl: url, fetch: judge.fetch });
  const cases = await recordedRun(target, { seed: "judge", cases: selected(allCases, only) });
  const exchanges = cases.flatMap((one) => one.exchanges.map((exchange) => ({ id: one.result.id, exchange })));
  return { results: cases.map(({ result }) => result), exchanges, tally: judge.tally };
}

function complaints(exchanges: readonly { readonly id: string; readonly exchange: Recorded }[]): readonly string[] {
  return exchanges.flatMap(({ id, exchange }) => unintended(exchange).map((words) => `${id}: ${words}`));
}

test("Prism accepts every response, and every request that is meant to be valid", {
  timeout: TIMEOUT_MS,
}, async () => {
  // The specification has no words for other methods, paths and bytes.
  const { results, exchanges, tally } = await judgement(createMock(), casesWithout(WIRE_CASES));
  expect(complaints(exchanges)).toEqual([]);
  expect(results.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  expect(exchanges.length).toBeGreaterThan(allCases.length);
  expect(tally.asked).toBe(exchanges.length);
  const found = exchanges.filter(({ exchange }) => unintended({ ...exchange, broken: undefined }).length > 0);
  expect(tally.letThrough).toBe(exchanges.length - found.length);
});

const CODE_WRONG = "updateMobile/code-wrong";
const DEVICE_INCOMPLETE = "updateMobile/device-incomplete";

/** A mock with altered error responses. */
function withRefusals(alter: (response: PlainAnswer) => PlainAnswer): Mock {
  const mock = createMock();
  return {
    ...mock,
    async answer(request) {
      const response = await mock.answer(request);
      return response.body.includes('"error_code"') ? alter(response) : response;
    },
  };
}

test.each<[string, string, (response: PlainAnswer) => PlainAnswer]>([
  [
    "an undocumented field",
    "response.body: Response body must NOT have additional properties",
    (response) => ({ ...response, body: JSON.stringify({ ...JSON.parse(response.body), trace_id: "1" }) }),
  ],
  [
    "a status that is not documented",
    "response: Unable to match the returned status code with those defined in the document",
    (response) => ({ ...response, status: 418 }),
  ],
])("the judge reports %s, for valid and for intentionally invalid requests", async (_what, words, alter) => {
  const { exchanges } = await judgement(withRefusals(alter), [CODE_WRONG, DEVICE_INCOMPLETE]);
  for (const id of [CODE_WRONG, DEVICE_INCOMPLETE]) {
    expect(
      complaints(exchanges)
        .filter((complaint) => complaint.startsWith(`${id}: `))
        .join("\n"),
    ).toContain(words);
  }
});

test("the judge reports a single wrong response", async () => {
  let count = 0;
  const mock = withRefusals((response) =>
    count++ === 0 ? { ...response, body: '{"error_code":"IDAAS.SDK.CAPTCHA.0007"}' } : response,
  );
  const { exchanges } = await judgement(mock, [CODE_WRONG]);
  expect(complaints(exchanges)).toEqual([expect.stringContaining("must have required property 'error_msg'")]);
});

test("the judge reports an invalid request that is meant to be valid", async () => {
  const { exchanges } = await judgement(createMock(), [DEVICE_INCOMPLETE]);
  expect(complaints(exchanges)).toEqual([]);
  const unmeant = exchanges.map(({ id, exchange }) => ({ id, exchange: { ...exchange, broken: undefined } }));
  expect(complaints(unmeant).join("\n")).toContain(
    "updateMobile request.header: Request header must have required property",
  );
});
