/** What a mock for people starts with, as opposed to one for tests, which starts empty. */
import type { AccountSeed, MockOptions } from "../mock.ts";

/** Who is there to try things with, so that the first request needs no preparation. */
export const DEMO_ACCOUNT = {
  id: "demo",
  mobile: "13800000000",
  email: "demo@example.com",
  username: "demo",
  name: "张三",
  password: "Passer-by-42",
} as const satisfies AccountSeed;

export const DEMO_OPTIONS: MockOptions = { accounts: [DEMO_ACCOUNT], policy: { magic_values: true } };
