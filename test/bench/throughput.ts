/** Requests per second over 50 connections, for the mock and its baselines in turn. */
import type { Figure } from "./figures.ts";
import { type Load, requestsPerSecond } from "./load.ts";
import { bareServer, mockServer, prismMock, type Served } from "./servers.ts";

const ROUNDS = 7;
const REQUESTS = 40_000;
const REQUESTS_TO_PRISM = 2_000;
const CODE = "123456";

const HEADERS = {
  "content-type": "application/json",
  "x-operating-sys-version": "windows10.1.1",
  "x-device-fingerprint": "156aysdna213sc50",
  "x-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 13_3 like Mac OS X)",
  "x-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4",
};

/** A captcha token that was never issued: nine checks pass, the tenth refuses. */
const REFUSED: Load = {
  path: "/api/v2/sdk/sms/send",
  status: 400,
  // The header makes Prism refuse; the other servers ignore it.
  headers: { ...HEADERS, prefer: "code=400, example=IDAAS.SDK.CAPTCHA.0004" },
  body: () =>
    JSON.stringify({
      mobile: "15201657312",
      type: "UPDATE_MOBILE_SMS",
      captcha_token: '71dd26999e314f9abb0c635336976635---{"x":237.0,"y":5.0}',
    }),
};
const REFUSAL =
  '{"error_code":"IDAAS.SDK.CAPTCHA.0004","error_msg":"Graphic verification code verification passed token verification failed"}';

export async function throughput(): Promise<Figure[]> {
  const mock = await mockServer();
  const refused = await refusedSendSms(mock);
  const changes = await updateEmail(mock);
  await mock.stop();
  return [...refused, changes];
}

async function refusedSendSms(mock: Served): Promise<Figure[]> {
  const bare = await bareServer(REFUSED.status, REFUSAL);
  const prism = await prismMock();
  const againstBare: number[] = [];
  const againstPrism: number[] = [];
  // The first round is a warm-up and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    const theirs = await requestsPerSecond(bare.url, REFUSED, 0, REQUESTS);
    const ours = await requestsPerSecond(mock.url, REFUSED, 0, REQUESTS);
    const prisms = await requestsPerSecond(prism.url, REFUSED, 0, REQUESTS_TO_PRISM);
    if (round === 0) continue;
    againstBare.push(ours / theirs);
    againstPrism.push(ours / prisms);
  }
  await Promise.all([bare.stop(), prism.stop()]);
  return [
    { name: "throughput, refused sendSms, mock / bare node:http", values: againstBare, bound: { atLeast: 0.7 } },
    { name: "throughput, refused sendSms, mock / prism mock", values: againstPrism, bound: { atLeast: 10 } },
  ];
}

/**
 * Each request changes the demo account's address to one with a planted code. Two days pass between two rounds, so that the
 * mock purges the codes as it would in use. The addresses end in letters, because some numbers are magic values.
 */
async function updateEmail(mock: Served): Promise<Figure> {
  const bare = await bareServer(200, "");
  const planting: Load = {
    path: "/__testkit/codes",
    status: 201,
    headers: { "content-type": "application/json" },
    body: (n) => JSON.stringify({ to: `${n}.person@example.com`, scene: "UPDATE_EMAIL_EMS", code: CODE }),
  };
  const values: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const from = round * REQUESTS;
    await twoDaysLater(mock);
    const load: Load = {
      path: "/api/v2/sdk/profile/update-email",
      status: 200,
      headers: { ...HEADERS, authorization: `Bearer ${await signIn(mock)}` },
      body: (n) => JSON.stringify({ email: `${n}.person@example.com`, verify_code: CODE }),
    };
    await requestsPerSecond(mock.url, planting, from, REQUESTS);
    const theirs = await requestsPerSecond(bare.url, load, from, REQUESTS);
    const ours = await requestsPerSecond(mock.url, load, from, REQUESTS);
    if (round > 0) values.push(ours / theirs);
  }
  await bare.stop();
  return {
    name: "throughput, updateEmail with a planted code, mock / bare node:http",
    values,
    bound: { atLeast: 0.5 },
  };
}

async function twoDaysLater({ url }: Served): Promise<void> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ advance_seconds: 2 * 86_400 });
  await fetch(`${url}/__testkit/clock`, { method: "POST", headers, body });
}

async function signIn({ url }: Served): Promise<string> {
  const response = await fetch(`${url}/__testkit/accounts/demo/tokens`, { method: "POST" });
  return ((await response.json()) as { id_token: string }).id_token;
}
