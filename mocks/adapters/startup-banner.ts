/** What a person needs to begin with a mock that has just started: the client id, and who is there to sign in. */
import type { Mock } from "../mock.ts";
import { DEMO_ACCOUNT } from "./demo.ts";

/** Indented lines, the last one ended. Signs the demo account in, if it is still there. */
export async function startupBanner(mock: Mock): Promise<string> {
  return `  client id     ${mock.clientId}\n${await demoText(mock)}`;
}

/** Whatever has become of the demo account: in a state that was kept it may have changed, or be gone. */
async function demoText(mock: Mock): Promise<string> {
  const account = await mock.accounts.read(DEMO_ACCOUNT.id).catch(() => undefined);
  if (account === undefined) return "";
  const { idToken, expiresIn } = await mock.accounts.issueTokens(account.id);
  const unchanged = await mock.accounts.hasPassword(account.id, DEMO_ACCOUNT.password);
  const parts = [
    account.mobile && `mobile ${account.mobile}`,
    account.email && `e-mail ${account.email}`,
    account.username && `user name ${account.username}`,
    unchanged && `password ${DEMO_ACCOUNT.password}`,
  ];
  return `  demo account  ${parts.filter(Boolean).join(", ")}
  id_token      ${idToken}
                (good for ${expiresIn / 3_600} h)
`;
}
