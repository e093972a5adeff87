/** Requests with another method, raw bodies or repeated headers: what counts as a violation, and what a report shows. */
import { expect, test } from "vitest";
import { sendLarge, sendOdd } from "../../../contracts/cases/shared/wire/sending.ts";
import { controlTarget } from "../../../contracts/index.ts";
import { outcomeOf } from "../../../contracts/runner/outcome.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { openSession } from "../../../contracts/world/session.ts";
import type { Draft, Reply, World } from "../../../contracts/world/world.ts";
import { fakeServer, type Responder } from "../../support/mock/fake-server.ts";

/** Runs this as a case against a server that responds like this to everything. */
async function outcomeWhere(responder: Responder, run: (world: World, draft: Draft) => Promise<unknown>) {
  const target = await controlTarget({ baseUrl: await fakeServer(responder) });
  const session = await openSession(packagedSpec(), target, { seed: "unusual" });
  const one = {
    id: "getCaptcha/unusual",
    operation: "getCaptcha",
    category: "boundary",
    title: "A case of this test",
    requires: [],
    run: async (world: World) => void (await run(world, { ...world.draft("getCaptcha"), broken: "unusual" })),
  } as const;
  return outcomeOf(session, { case: one, notApplicable: undefined, missing: [] });
}

const always =
  (status: number): Responder =>
  ({ path }) => ({ status: path.startsWith("/__testkit") ? 404 : status });

test("501 does not count as a server error if the method is unusual; 500 does", async () => {
  const put = (world: World, draft: Draft) => world.send({ ...draft, method: "PUT" });
  expect(await outcomeWhere(always(501), put)).toMatchObject({ outcome: "passed" });
  expect(await outcomeWhere(always(500), put)).toMatchObject({ outcome: "failed", violations: [{ got: "500" }] });
  const plain = (world: World, draft: Draft) => world.send(draft);
  expect(await outcomeWhere(always(501), plain)).toMatchObject({ outcome: "failed", violations: [{ got: "501" }] });
});

test("a response to HEAD or OPTIONS does not count as a success, and its form is not judged", async () => {
  for (const method of ["HEAD", "OPTIONS"]) {
    let reply: Reply | undefined;
    const result = await outcomeWhere(always(204), async (world, draft) => {
      reply = await world.send({ ...draft, method });
    });
    expect({ result, reply }).toMatchObject({ result: { outcome: "passed" }, reply: { succeeded: false } });
  }
});

test("a missing response to an unusual request fails the case, but not to a large body", async () => {
  const dropping: Responder = ({ path }) => (path.startsWith("/__testkit") ? { status: 404 } : "drop");
  const odd = await outcomeWhere(dropping, (world, draft) => sendOdd(world, draft, "the body null"));
  expect(odd).toMatchObject({
    outcome: "failed",
    violations: [{ what: "response to the body null", expected: "a response", verdict: "failed", exchange: 0 }],
  });
  const large = await outcomeWhere(dropping, async (world, draft) => {
    expect(await sendLarge(world, draft)).toBeUndefined();
  });
  expect(large).toMatchObject({ outcome: "passed" });
});

test("a report shows repeated headers in one line, and its shell command sends each", async () => {
  const result = await outcomeWhere(always(500), (world, draft) =>
    world.send({ ...draft, headers: { "X-Agent": "one" }, moreHeaders: [["X-Agent", "two"]] }),
  );
  const [exchange] = result.exchanges;
  expect(exchange?.request.headers).toEqual({ "X-Agent": "one, two" });
  expect(exchange?.curl).toContain('-H "X-Agent: one" -H "X-Agent: two"');
});

test("a report shows a body of bytes as text, and its shell command leaves it out", async () => {
  for (const rawBody of [new Uint8Array([0x7b, 0xff, 0x7d]), '{"x":"\0"}']) {
    const result = await outcomeWhere(always(500), (world, draft) => world.send({ ...draft, method: "POST", rawBody }));
    const [exchange] = result.exchanges;
    expect(exchange?.request.body).toBe(typeof rawBody === "string" ? rawBody : "{\ufffd}");
    expect(exchange?.curl).toMatch(/--data-raw "\$BODY"$/);
  }
});
