/** A target over HTTP: its description gives its capabilities; without the control protocol it has none. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ControlFailure, controlTarget, TransportFailure } from "../../../contracts/index.ts";
import { DescriptionError } from "../../../contracts/target/known-names.ts";
import { type Capability, capabilitiesOf } from "../../../contracts/target/target.ts";
import { createMock } from "../../../mocks/index.ts";
import { startUnreachable } from "../../support/contracts/always-wrong.ts";
import { everyCapability } from "../../support/contracts/capabilities.ts";
import { type FakeResponse, fakeServer, json } from "../../support/mock/fake-server.ts";

const DESCRIPTION = { protocol: "1", name: "test build", version: "3.1", capabilities: everyCapability };
const DOCUMENTED_CLIENT_ID = "nTo1eRIub60vPb54WeE6aojPwYwImtl4";

/** A server with this response to `GET /__testkit`. */
async function describing(response: FakeResponse): Promise<string> {
  return fakeServer(({ path }) => (path === "/__testkit" ? response : { status: 404 }));
}

const NO_PROTOCOL: readonly (readonly [string, FakeResponse])[] = [
  ["404", { status: 404 }],
  ["a page", { headers: { "content-type": "text/html" }, body: "<!doctype html>" }],
  ["nothing", {}],
  ["a redirect", { status: 302, headers: { location: "/login" } }],
  ["a refusal of the API", json({ error_code: "IDAAS.SDK.PARAM.0001", error_msg: "x" }, 400)],
  ["an empty object", json({})],
  ["a list", json([])],
  ["null", json(null)],
  ["a text", json("1")],
  ["a failure", { status: 500, body: "oops" }],
];

test.each(NO_PROTOCOL)(
  "a target that returns %s offers nothing when no control protocol is required",
  async (_what, response) => {
    const baseUrl = await describing(response);
    const target = await controlTarget({ baseUrl: `${baseUrl}//` });
    expect(target).toEqual({ name: baseUrl, baseUrl });
    expect(capabilitiesOf(target)).toEqual(["unique-codes"]);
  },
);

test.each(NO_PROTOCOL)("who answers %s is an error, where the control protocol was demanded", async (_what, answer) => {
  const baseUrl = await describing(answer);
  const target = controlTarget({ baseUrl: "http://127.0.0.1:1", controlUrl: `${baseUrl}/__testkit/` });
  await expect(target).rejects.toThrow(ControlFailure);
  await expect(target).rejects.toThrow(
    `${baseUrl}/__testkit does not speak the control protocol: it returned ${answer.status ?? 200}`,
  );
});

test("a target that refuses the control token is an error: nothing could be driven", async () => {
  const baseUrl = await describing(json({ title: "Unauthorized", detail: "the control API needs a token" }, 401));
  await expect(controlTarget({ baseUrl, controlToken: "wrong" })).rejects.toThrow(
    `${baseUrl}/__testkit does not speak the control protocol: it returned 401: the control API needs a token`,
  );
});

test.each([
  [{ ...DESCRIPTION, protocol: "2" }, "speaks version 2 of the control protocol; the suite needs version 1"],
  [{ protocol: "1.1" }, "speaks version 1.1 of the control protocol; the suite needs version 1"],
  [{ ...DESCRIPTION, protocol: 1 }, 'must return {"protocol": "1", "capabilities": [...]}'],
  [{ capabilities: ["accounts"] }, 'must return {"protocol": "1", "capabilities": [...]}'],
  [{ protocol: "1" }, 'must return {"protocol": "1", "capabilities": [...]}'],
  [{ protocol: "1", capabilities: "accounts" }, 'must return {"protocol": "1", "capabilities": [...]}'],
])("a description like %j is an error, demanded or not", async (description, words) => {
  const baseUrl = await describing(json(description));
  for (const more of [{}, { controlUrl: `${baseUrl}/__testkit` }]) {
    await expect(controlTarget({ baseUrl, ...more })).rejects.toThrow(
      new ControlFailure(`${baseUrl}/__testkit ${words}`),
    );
  }
});

test("the suite uses the target's own description", async () => {
  const said = { dialects: ["bamboocloud"], operations: ["sendSms"], code_semantics: "fixed" };
  const baseUrl = await describing(json({ ...DESCRIPTION, ...said, capabilities: [], trace: "x" }));
  expect(await controlTarget({ baseUrl, clientId: "mine" })).toEqual({
    name: "test build 3.1",
    baseUrl,
    dialects: ["bamboocloud"],
    operations: ["sendSms"],
    codeSemantics: "fixed",
    clientId: "mine",
  });
});

test("a target without name and version is named after its URL", async () => {
  const baseUrl = await describing(json({ protocol: "1", capabilities: [] }));
  expect(await controlTarget({ baseUrl })).toEqual({ name: baseUrl, baseUrl });
});

/** These two are part of another capability in the control protocol. */
const WITHIN: Readonly<Partial<Record<Capability, Capability>>> = {
  "account-deletion": "accounts",
  "policy-read": "policy",
};

test("capabilities are offered as listed, and those of other tools are ignored", async () => {
  const others = ["requests", "snapshot", "reset", "events", "catalogue", "account-list"];
  const names = everyCapability.filter((name) => name !== "unique-codes" && WITHIN[name] === undefined);
  const property = fc.asyncProperty(fc.shuffledSubarray([...names, ...others]), async (capabilities) => {
    const fetch = async () => Response.json({ ...DESCRIPTION, capabilities });
    const offered = capabilitiesOf(await controlTarget({ baseUrl: "http://ciam.test", fetch }));
    const wanted = everyCapability.filter(
      (name) => capabilities.includes(WITHIN[name] ?? name) || name === "unique-codes",
    );
    expect(offered).toEqual(wanted);
  });
  await fc.assert(property);
});

test.each([
  [
    { capabilities: ["accounts", "token"] },
    '"capabilities" has the unknown capability "token"; did you mean "tokens"?',
  ],
  [{ capabilities: ["teleport"] }, '"capabilities" has the unknown capability "teleport"; expected one of sandboxes, '],
  [{ capabilities: ["constructor"] }, '"capabilities" has the unknown capability "constructor"; expected one of '],
  [{ capabilities: [{ name: "accounts" }] }, '"capabilities" has the unknown capability {"name":"accounts"}; expected'],
  [{ code_semantics: "constant" }, '"code_semantics" has the unknown value "constant"; expected one of unique, fixed'],
  [{ code_semantics: "Fixed" }, '"code_semantics" has the unknown value "Fixed"; did you mean "fixed"?'],
  [{ operation: ["sendSms"] }, 'unknown field "operation"; did you mean "operations"?'],
  [{ dialect: ["bamboocloud"] }, 'unknown field "dialect"; did you mean "dialects"?'],
])("a description with %j is refused, with the name that was meant", async (mistake, words) => {
  const fetch = async () => Response.json({ ...DESCRIPTION, ...mistake });
  const described = controlTarget({ baseUrl: "http://ciam.test", fetch });
  await expect(described).rejects.toThrow(DescriptionError);
  await expect(described).rejects.toThrow(`the description at http://ciam.test/__testkit: ${words}`);
});

test("a target that can only read its policy, or only delete accounts, has these parts", async () => {
  const fetch = async () => Response.json({ ...DESCRIPTION, capabilities: ["policy-read", "account-deletion"] });
  const offered = capabilitiesOf(await controlTarget({ baseUrl: "http://ciam.test", fetch }));
  expect(offered).toEqual(["account-deletion", "policy-read", "unique-codes"]);
});

test("the mock offers everything, and an unreachable target has no capabilities", async () => {
  const mock = createMock();
  const target = await controlTarget({ baseUrl: "http://ciam.test", fetch: (url, init) => mock.fetch(url, init) });
  expect(capabilitiesOf(target)).toEqual(everyCapability);
  expect(target.clientId ?? DOCUMENTED_CLIENT_ID).toBe(mock.clientId);
  const { url } = await startUnreachable();
  await expect(controlTarget({ baseUrl: url })).rejects.toThrow(
    new TransportFailure(`${url} refuses connections: no server listens there`),
  );
});
