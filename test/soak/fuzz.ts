/** Random requests to every operation and control call: no server error, no hang, no growth of the memory. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import fc from "fast-check";
import { serve } from "../../mocks/adapters/node/server.ts";
import { createMock } from "../../mocks/index.ts";
import { operationEntries } from "../../mocks/spec/index.ts";
import { DEVICE } from "../support/mock/api.ts";
import { type Asked, client } from "./client.ts";
import { type Load, megabytes, type Row } from "./row.ts";

const REQUESTS = 100_000;
const BATCH = 500;
const CONNECTIONS = 16;

const numbers = ["13800000001", "13800000002", "+8613800000003", "+86-13800000001", "12345", "1".repeat(5_000)];
const scenes = ["UPDATE_MOBILE_SMS", "LOGIN_SMS", "FORGET_PWD_SMS", "UPDATE_EMAIL_EMS", "CHANNEL_BIND_PHONE", "nope"];
const odd = ["", " ", "\u0000", "\ud800", "__proto__", "constructor", "😀", "../..", "%00", "{{7*7}}"];

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...numbers, ...scenes, ...odd, "a@example.com", "Passw0rd-x", "123456"),
  fc.constantFrom<unknown>(0, -1, 1e308, 1.5, true, null, [], {}),
  fc.jsonValue({ maxDepth: 5 }),
  fc.string({ unit: "binary", maxLength: 60 }),
);

const field = fc.constantFrom(
  ...["mobile", "email", "type", "verify_code", "password", "captcha_token", "token", "point_json", "sender"],
  ...["channel", "phoneNumber", "phoneCountryCode", "verifyMethod", "phonePassCodePayload", "updatePhoneToken"],
  ...["to", "scene", "code", "expires_in", "username", "name", "client_id", "set", "advance_seconds", "frozen"],
  ...["__proto__", "constructor", ""],
);

const body = fc.oneof(
  { weight: 8, arbitrary: fc.dictionary(field, value, { maxKeys: 8 }).map((fields) => JSON.stringify(fields)) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  { weight: 1, arbitrary: fc.constantFrom("", "[]", "null", "{", '{"a":'.repeat(3_000), "x".repeat(70_000)) },
);

/** Without faults, events and resets: they would make the server fail on purpose, or stay open. */
const controlPaths = ["", "/accounts", "/accounts/demo", "/accounts/demo/tokens", "/accounts/demo/password-check"]
  .concat(["/codes", "/captcha-tokens", "/captcha/x", "/messages", "/clock", "/requests", "/catalogue", "/nope", "/%"])
  .map((path) => `/__testkit${path}`);

const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...operationEntries.map((entry) => entry.path)) },
  { weight: 3, arbitrary: fc.constantFrom(...controlPaths) },
  { weight: 1, arbitrary: fc.webPath().map((text) => `/${text.replace(/^\/+/, "")}`) },
);

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("POST", "GET") },
  { weight: 1, arbitrary: fc.constantFrom("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND") },
);

function requests(clientId: string, signedIn: string): fc.Arbitrary<Asked> {
  const headers = fc
    .record({
      authorization: fc.constantFrom(`Bearer ${signedIn}`, signedIn, "Bearer x", "Basic eDp5"),
      "x-client-id": fc.constantFrom(clientId, clientId, clientId, "unknown"),
      "x-authing-app-id": fc.constantFrom(clientId, "unknown"),
      "content-type": fc.constantFrom("application/json", "text/plain", "@"),
      "x-l": fc.constantFrom("zh", "en", "fr;q=x"),
    })
    .map((given) => ({ ...DEVICE, ...given }));
  return fc.record({ method, path, headers, body });
}

export async function fuzz({ seed, share }: Load): Promise<readonly Row[]> {
  const mock = createMock({ accounts: [{ id: "demo", mobile: "13800000001", password: "Passw0rd-x" }] });
  const errors: unknown[] = [];
  const server = await serve(mock, { port: 0, onError: (error) => errors.push(error) });
  const { send, close } = client(server.url, CONNECTIONS);
  const { idToken } = await mock.accounts.issueTokens("demo");
  const arbitrary = requests(mock.clientId, idToken);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const statuses = new Map<number, number>();
  let hangs = 0;
  let before = 0;
  const batches = Math.ceil((REQUESTS * share) / BATCH);
  for (let batch = 0; batch < batches; batch++) {
    const sample = fc.sample(arbitrary, { seed: seed + batch, numRuns: BATCH });
    delay.enable();
    const settled = await Promise.allSettled(sample.map(send));
    delay.disable();
    for (const one of settled) {
      if (one.status === "rejected") hangs += 1;
      else statuses.set(one.value, (statuses.get(one.value) ?? 0) + 1);
    }
    // The journal and the inbox are full from here on.
    if (batch === Math.floor(batches / 5)) before = heap();
  }
  const after = heap();
  close();
  await server.close();
  const serverErrors = [...statuses].filter(([status]) => status >= 500 && status !== 501);
  const row = (what: string, value: string | number, fault: boolean): Row => ({ part: "fuzz", what, value, fault });
  return [
    row("requests", batches * BATCH, false),
    row(
      "statuses",
      [...statuses]
        .sort(([one], [other]) => one - other)
        .map((pair) => pair.join(": "))
        .join(", "),
      false,
    ),
    row(
      "server errors",
      serverErrors.reduce((sum, [, count]) => sum + count, 0),
      serverErrors.length > 0,
    ),
    row("errors of the listener", errors.length, errors.length > 0),
    row("connections that ended without a response", statuses.get(0) ?? 0, statuses.has(0)),
    row("requests without a response in 10 s", hangs, hangs > 0),
    row("longest stall, client included", `${Math.round(delay.max / 1e6)} ms`, false),
    row("heap after a fifth", megabytes(before), false),
    row("heap at the end", megabytes(after), after - before > MOST_GROWTH_BYTES),
  ];
}

const MOST_GROWTH_BYTES = 64 * 1_048_576;

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
