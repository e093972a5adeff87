/** The accounts at the start of the mock. */
import type { AccountSeed } from "ciam-testkit";

export const ACCOUNTS: readonly AccountSeed[] = [
  { mobile: "13800000000", email: "ada@example.com", username: "ada", name: "Ada", password: "Passer-by-42" },
  { mobile: "13900000000", email: "bo@example.com", username: "bo", name: "Bo", password: "Passer-by-43" },
];
