/**
 * A request takes its time when it begins. Another request can begin later and be stored first. The first one then reads records
 * that are newer than its own time. These tests force that order, which two tabs meet by chance.
 */
import { expect, test } from "vitest";
import type { Kind } from "../../../mocks/core/records.ts";
import { createMock, type Mock, manualClock, type Store } from "../../../mocks/index.ts";
import { memoryStore } from "../../../mocks/stores/memory.ts";
import { BIND, genauth, NEW_PHONE, success } from "../../support/genauth/genauth.ts";
import { api, DONE, MOBILE, type Reply, START, signedInAccount } from "../../support/mock/api.ts";
import { EMAIL, SMS, sendCode } from "../../support/mock/sending.ts";

const BETWEEN_MS = 5;

/** A mock, and a way to send one request twice so that the second overtakes the first. */
function overtaking() {
  const clock = manualClock(Date.parse(START));
  const memory = memoryStore();
  const waiting = new Map<Kind, () => Promise<unknown>>();
  const get: Store["get"] = async (sandbox, kind, key) => {
    const overtake = waiting.get(kind);
    waiting.delete(kind);
    await overtake?.();
    return memory.get(sandbox, kind, key);
  };
  return {
    mock: createMock({ clock, store: { ...memory, get } }),
    /**
     * The second starts and ends before the first reads a record of this kind. Resolves to both responses, the first one first.
     */
    async race(kind: Kind, request: () => Promise<Reply>): Promise<readonly [Reply, Reply]> {
      const second = new Promise<Reply>((resolve, reject) => {
        waiting.set(kind, async () => {
          clock.advance(BETWEEN_MS);
          await request().then(resolve, reject);
        });
      });
      return [await request(), await second];
    },
  };
}

const SENDERS = [
  ["sms/send", (mock: Mock) => sendCode(mock, SMS), DONE],
  ["email/send", (mock: Mock) => sendCode(mock, EMAIL), DONE],
  ["send-sms", (mock: Mock) => genauth(mock)("send-sms", { channel: BIND, phoneNumber: NEW_PHONE }), success()],
] as const;

test.each(SENDERS)("%s: with an interval of zero, a request that another overtakes sends its code", async (...row) => {
  const [, send, done] = row;
  const { mock, race } = overtaking();
  await mock.policy.patch({ code_resend_seconds: 0 });
  expect(await race("sendings", () => send(mock))).toEqual([done, done]);
  const messages = await mock.messages.list();
  expect(messages.map(({ id }) => id)).toEqual(["1", "2"]);
  expect(new Set(messages.map(({ code }) => code)).size).toBe(2);
});

test.each(SENDERS)("%s: a request that another overtakes waits exactly the interval", async (...row) => {
  const [, send, done] = row;
  const { mock, race } = overtaking();
  const [, second] = await race("sendings", () => send(mock));
  expect(second).toEqual(done);
  expect(await mock.requests.list()).toMatchObject([
    { decidedBy: "passed" },
    { decidedBy: "send-too-soon", why: "the next message may be sent in 60 s (code_resend_seconds)" },
  ]);
  expect(await mock.messages.list()).toHaveLength(1);
});

test("update-mobile: a code used by an overtaking request is reported as used 0 s ago", async () => {
  const { mock, race } = overtaking();
  const { signedIn } = await signedInAccount(mock);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS" });
  await race("code", () => api(mock)("profile/update-mobile", { mobile: MOBILE, verify_code }, signedIn));
  expect(await mock.requests.list()).toMatchObject([
    { decidedBy: "passed" },
    { decidedBy: "code-used", why: "the code was used 0 s ago" },
  ]);
});
