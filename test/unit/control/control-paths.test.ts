/** Invalid requests to the control protocol: unknown paths, wrong methods, invalid JSON. */
import { expect, test } from "vitest";
import { stillMock } from "../../support/mock/api.ts";
import { controlCalls, controlHttp, type Input, type Problem, problemOf } from "../../support/mock/control-http.ts";

/** The refusal of a request with the response headers; nothing may have changed. */
async function refusal(method: string, path: string, input: Input = {}): Promise<Problem & { allow: string | null }> {
  const { send, everything } = controlHttp(stillMock());
  const before = await everything();
  const response = await send(method, path, input);
  expect(await everything()).toEqual(before);
  return { ...problemOf(response), allow: response.headers.get("allow") };
}

const offered = controlCalls.map(({ method, path }) => `${method} ${path}`);

test.each([
  ["GET", "/__testkit/message", "GET /__testkit/messages"],
  ["POST", "/__testkit/acounts", "POST /__testkit/accounts"],
  ["PATCH", "/__testkit/polcy", "PATCH /__testkit/policy"],
  ["GET", "/__testkit/Clock", "GET /__testkit/clock"],
  ["POST", "/__testkit/accounts/x/tokens/y", "POST /__testkit/accounts/{id}/tokens"],
])("%s %s is a 404 that names the closest call and lists all calls", async (method, path, closest) => {
  const problem = await refusal(method, path);
  expect(problem).toMatchObject({
    status: 404,
    title: `The control protocol has no ${method} ${path}`,
    detail: `Closest: ${closest}`,
  });
  expect(problem["offered"]).toEqual(expect.arrayContaining(offered));
  expect(problem["offered"]).toHaveLength(offered.length);
});

test("an unknown path of any length is a 404", async () => {
  const path = `/__testkit/${"accounts/".repeat(20_000)}`;
  expect(await refusal("GET", path)).toMatchObject({ status: 404 });
});

test("a path that only starts like the control protocol is not part of it", async () => {
  const { send } = controlHttp(stillMock());
  const problem = problemOf(await send("GET", "/__testkits"));
  expect(problem).toMatchObject({ status: 404, title: "GET /__testkits is not emulated" });
});

const paths = [...new Set(controlCalls.map(({ path }) => path))];

const wrongMethods = paths.flatMap((path) => {
  const right = controlCalls.filter((call) => call.path === path).map(({ method }) => method);
  const wrong = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].filter(
    (method) => !right.includes(method),
  );
  return wrong.map((method) => ({ path: path.replace(/\{\w+\}/, "x"), method, allow: right.join(", ") }));
});

test.each(wrongMethods)("$method $path is a 405 that allows $allow", async ({ method, path, allow }) => {
  expect(await refusal(method, path)).toMatchObject({ status: 405, title: `${method} is not allowed here`, allow });
});

test("a trailing slash in a path is ignored", async () => {
  const { send } = controlHttp(stillMock());
  expect((await send("GET", "/__testkit/")).status).toBe(200);
  expect((await send("GET", "/__testkit/clock/")).status).toBe(200);
  expect((await send("POST", "/__testkit/accounts/")).status).toBe(201);
});

test.each(["%", "%zz", "%c3%28", "a%2"])("the id %s is refused: its percent-encoding is invalid", async (id) => {
  const problem = await refusal("GET", `/__testkit/accounts/${id}`);
  expect(problem).toMatchObject({ status: 400, detail: "the path has an invalid percent-encoding" });
});

test("a percent-encoded id is decoded", async () => {
  const id = "a/b ü%";
  const { send } = controlHttp(stillMock({ accounts: [{ id }] }));
  expect(await send("GET", `/__testkit/accounts/${encodeURIComponent(id)}`)).toMatchObject({
    status: 200,
    body: { id },
  });
});

const SECRET = "Correct-Horse-1";

test.each([
  `{"password": "${SECRET}"`,
  `{"password": "${SECRET}",}`,
  `{"password": ${SECRET}}`,
  `${SECRET}`,
  `{"password": "${SECRET}"} ${SECRET}`,
  `{password: "${SECRET}"}`,
  `{"password": "${SECRET}\n"}`,
])("the body %j is refused as invalid JSON and is not quoted", async (body) => {
  const problem = await refusal("POST", "/__testkit/accounts", { body });
  expect(problem.status).toBe(400);
  expect(problem.detail).toMatch(/^the body is not JSON( at position \d+)?$/);
  expect(JSON.stringify(problem)).not.toContain("Correct");
});

test("a password of the wrong type is refused and is not quoted", async () => {
  const problem = await refusal("POST", "/__testkit/accounts", { body: { password: [SECRET] } });
  expect(problem.status).toBe(400);
  expect(JSON.stringify(problem)).not.toContain(SECRET);
});

test("a password that is too long is refused and is not quoted", async () => {
  const problem = await refusal("POST", "/__testkit/accounts", { body: { password: SECRET.repeat(20) } });
  expect(problem.status).toBe(400);
  expect(JSON.stringify(problem)).not.toContain(SECRET);
});

test("a body over eight mebibytes is a 413", async () => {
  const body = JSON.stringify({ name: "x".repeat(8 * 1_048_576) });
  expect(await refusal("POST", "/__testkit/accounts", { body })).toMatchObject({
    status: 413,
    title: "Body too large",
  });
});

test("a list of weak passwords may be larger than an API request", async () => {
  const { done } = controlHttp(stillMock());
  const password_weak_list = Array.from({ length: 20_000 }, (_, n) => `Password-${n}`);
  expect(await done("patchPolicy", { body: { password_weak_list } })).toMatchObject({ password_weak_list });
});

test("calls of the control protocol are not in the journal", async () => {
  const { send, done } = controlHttp(stillMock());
  await send("GET", "/__testkit/nothing");
  await done("createAccount", { body: { password: SECRET } });
  expect(await done("listRequests")).toEqual({ requests: [] });
});
