/**
 * Parallel tests that use one number and one client id. Each has its own account, code, clock, fault and policy, and sees
 * nothing of the others: with a shared sandbox most of them would fail.
 */
import { change, expect, NEW, OLD, open, sendCode, test } from "./app.ts";

const TESTS = 8;

for (let number = 1; number <= TESTS; number++) {
  test(`test ${number} sees nothing of another test`, async ({ page, ciam }) => {
    expect(await ciam.accounts.list()).toEqual([]);
    expect(await ciam.messages.list()).toEqual([]);
    expect(await ciam.requests.list()).toEqual([]);
    expect(await ciam.faults.list()).toEqual([]);
    expect((await ciam.clock.read()).offsetSeconds).toBe(0);
    expect(await ciam.policy.read()).toMatchObject({ code_length: 6 });

    const { id } = await open(page, ciam);
    await ciam.policy.patch({ code_length: 4 + (number % 5) });
    await ciam.clock.advance({ minutes: number });
    await ciam.fail("updateMobile", "IDAAS.SDK.USER.0001", { times: number });
    await sendCode(page);
    const code = await ciam.code(NEW);
    expect(code).toHaveLength(4 + (number % 5));
    for (let failed = 0; failed < Math.min(number, 3); failed++) {
      await change(page, code);
      await expect(page.getByRole("status")).toHaveText("User not found");
    }
    await ciam.faults.clear();
    await change(page, code);
    await expect(page.getByRole("status")).toHaveText("Number changed");

    expect(await ciam.accounts.list()).toMatchObject([{ id, mobile: `+86-${NEW}` }]);
    expect(await ciam.messages.list()).toMatchObject([{ to: `+86-${NEW}`, code }]);
    expect((await ciam.clock.read()).offsetSeconds).toBeCloseTo(number * 60, 0);
    // The old number is free again in this sandbox.
    await ciam.account({ mobile: OLD });
  });
}
