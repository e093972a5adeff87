/** A damaged snapshot is refused without an effect, or works completely. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { genauth } from "../../support/genauth/genauth.ts";
import { altered, placesIn } from "../../support/mock/altered.ts";
import { api, stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { fillSandbox } from "../../support/mock/filled-sandbox.ts";
import { operations } from "../spec/documents.ts";

/** All but `hang`, which gives no response. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, "", "0", "+86-13800000001", "reset", [], {}, [{}], { x: null }),
  fc.constantFrom(0, -1, 0.5, 1, 599, 1e15, 1e300, -1e300, Number.MAX_SAFE_INTEGER),
  fc.jsonValue({ maxDepth: 2 }),
);

test.each([
  ["stands still", true],
  ["runs", false],
])("where the clock %s, a snapshot with one odd value is refused or works completely", async (_how, frozen) => {
  const mock = stillMock({ sleep: async () => {} });
  const { signedIn, dave, changeToken: permit } = await fillSandbox(mock);
  await (frozen ? mock.clock.freeze() : mock.clock.thaw());
  const { send } = controlHttp(mock);
  const taken = async () => JSON.stringify((await send("GET", "/__testkit/snapshot")).body);
  const restore = (body: unknown) => send("PUT", "/__testkit/snapshot", { body });

  async function expectGoingOn(): Promise<void> {
    for (const { path, method, when } of operations) {
      const name = path.replace(/^\/api\/(v2\/sdk|v3)\//, "");
      const body = method === "GET" ? undefined : { updatePhoneToken: permit };
      const asked = path.startsWith("/api/v3/")
        ? genauth(mock)(name, body, dave)
        : api(mock)(name, body, when?.present === false ? {} : signedIn);
      expect((await asked.catch(failed)).status).toBeLessThan(500);
    }
    expect(await restore(await taken())).toMatchObject({ status: 204 });
  }

  const text = await taken();
  const outcomes = new Set<number>();
  const property = fc.asyncProperty(fc.constantFrom(...placesIn(JSON.parse(text))), odd, async (place, value) => {
    await restore(text);
    const { status, body } = await restore(altered(text, place, value));
    outcomes.add(status);
    if (status === 204) return expectGoingOn();
    expect(body).toMatchObject({ status: 400, title: "Bad request", detail: expect.any(String) });
    expect(await taken()).toBe(text);
  });
  const offset = ["records", "settings", "clock", "offset_ms"];
  const permitted = ["records", "permit", permit, "mobile"];
  const examples: [string[], unknown][] = [
    ...[1e300, -1e300, 1e15].map((value): [string[], unknown] => [offset, value]),
    ...["", "text", "13800000006"].map((value): [string[], unknown] => [permitted, value]),
  ];
  await fc.assert(property, { numRuns: 120, examples });
  expect(outcomes).toEqual(new Set([204, 400]));
});

/** A connection fault gives no response. */
function failed(error: unknown): { status: number } {
  if (error instanceof TypeError) return { status: 0 };
  throw error;
}
