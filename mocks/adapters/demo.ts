/** The content of a mock for manual use. A mock for tests starts empty. */
import type { AccountSeed, MockOptions } from "../mock.ts";

/** An account to try things with, so that the first request needs no preparation. */
export const DEMO_ACCOUNT = {
  id: "demo",
  mobile: "13800000000",
  email: "demo@example.com",
  username: "demo",
  name: "张三",
  password: "Passer-by-42",
} as const satisfies AccountSeed;

export const DEMO_OPTIONS: MockOptions = { accounts: [DEMO_ACCOUNT], policy: { magic_values: true } };
