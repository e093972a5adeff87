/** Memory for accounts and codes, and whether a request is slower with a million accounts. Runs with --expose-gc. */
import { fileURLToPath } from "node:url";
import type { Mock } from "../../mocks/index.ts";
import type { Figure } from "./figures.ts";

const BUILT = fileURLToPath(new URL("../../dist/mocks/index.js", import.meta.url));
const MEGABYTE = 1_048_576;

async function newMock(): Promise<Mock> {
  const { createMock, manualClock } = (await import(BUILT)) as typeof import("../../mocks/index.ts");
  return createMock({ clock: manualClock(Date.parse("2026-01-01")) });
}

function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function addAccounts(mock: Mock, from: number, count: number): Promise<void> {
  for (let n = from; n < from + count; n++) {
    const digits = String(n).padStart(8, "0");
    await mock.accounts.create({
      mobile: `138${digits}`,
      email: `person${digits}@example.com`,
      username: `person-${digits}`,
      password: `Passer-by-${digits}`,
    });
  }
}

export async function heapPerAccount(): Promise<Figure> {
  const count = 100_000;
  const mock = await newMock();
  await addAccounts(mock, 0, 1_000);
  const before = heapUsed();
  await addAccounts(mock, 1_000, count);
  const bytes = (heapUsed() - before) / count;
  await mock.clock.read();
  return { name: "heap per account at 100,000, bytes", values: [bytes], bound: { atMost: 700 } };
}

/** Sends a million codes to ten thousand receivers at a time; after two days all of them are purged. */
export async function growthByCodes(): Promise<Figure> {
  const mock = await newMock();
  const receivers = 10_000;
  const used: number[] = [];
  for (let batch = 0; batch < 100; batch++) {
    for (let n = 0; n < receivers; n++) await sendCode(mock, `139${String(batch * receivers + n).padStart(8, "0")}`);
    await mock.clock.advance({ days: 2 });
    if (batch % 10 === 9) used.push(heapUsed());
  }
  const [first = 0, ...later] = used;
  const growth = later.map((bytes) => (bytes - first) / MEGABYTE);
  return {
    name: "heap after 1,000,000 codes, growth since the first 100,000, MB",
    values: growth,
    bound: { atMost: 20 },
  };
}

async function sendCode(mock: Mock, mobile: string): Promise<void> {
  const captcha_token = await mock.captcha.issueToken({ sender: mobile });
  const { status } = await post(mock, "/api/v2/sdk/sms/send", { mobile, type: "REGISTER_SMS", captcha_token });
  if (status !== 200) throw new Error(`sms/send answered ${status}`);
}

function post(mock: Mock, path: string, body: unknown, headers: Record<string, string> = {}) {
  return mock.answer({
    method: "POST",
    path,
    query: "",
    headers: {
      "x-operating-sys-version": "windows10.1.1",
      "x-device-fingerprint": "156aysdna213sc50",
      "x-agent": "bench",
      "x-client-id": mock.clientId,
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

/** The same requests, in turn, to a mock with a thousand accounts and to one with a million. */
export async function costAmongAMillion(): Promise<Figure> {
  const small = await prepared(1_000);
  const large = await prepared(1_000_000);
  const ratios: number[] = [];
  for (let round = 0; round <= 15; round++) {
    const few = await small.millisecondsFor(2_000);
    const many = await large.millisecondsFor(2_000);
    if (round > 2) ratios.push(many / few);
  }
  return { name: "cost of updateEmail, 1,000,000 accounts / 1,000", values: ratios, bound: { atMost: 1.15 } };
}

async function prepared(accounts: number) {
  const mock = await newMock();
  await addAccounts(mock, 0, accounts);
  const { id } = await mock.accounts.create({ email: "first@example.com" });
  const { idToken } = await mock.accounts.issueTokens(id, { expiresIn: 86_400 });
  let n = 0;
  async function millisecondsFor(count: number): Promise<number> {
    const from = n;
    for (let i = 0; i < count; i++)
      await mock.codes.plant({ to: `new${from + i}@example.com`, scene: "UPDATE_EMAIL_EMS", code: "123456" });
    const begin = performance.now();
    for (; n < from + count; n++) {
      const body = { email: `new${n}@example.com`, verify_code: "123456" };
      const { status } = await post(mock, "/api/v2/sdk/profile/update-email", body, {
        authorization: `Bearer ${idToken}`,
      });
      if (status !== 200) throw new Error(`update-email answered ${status}`);
    }
    return performance.now() - begin;
  }
  return { millisecondsFor };
}
