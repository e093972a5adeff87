/** What tests say most often of a sandbox, in few words. Knows the sandbox's functions and no test runner. */
import type {
  Account,
  CheckId,
  MessageFilter,
  NewAccount,
  OperationId,
  Sandbox,
  Tokens,
} from "../../client/sandbox.ts";

/** Such as `IDAAS.SDK.USER.0035`; of GenAuth the statusCode, with the apiCode behind a stroke where there is one: `400/2001`. */
type ErrorCode = `IDAAS.SDK.${string}` | `${number}` | `${number}/${number}`;

export interface Helpers {
  /** Creates an account, and signs it in. */
  account(seed?: NewAccount): Promise<Account & Tokens>;
  /** The code in the newest message to this number or address, as soon as there is one. Throws after five seconds. */
  code(to: string, filter?: Omit<MessageFilter, "to">): Promise<string>;
  /** Lets the operation's next request fail, by error code or by check name; with `times` so many. Answers the fault's id. */
  fail<Id extends OperationId>(
    operation: Id,
    error: CheckId<Id> | ErrorCode,
    more?: { readonly times?: number },
  ): Promise<string>;
}

export function helpers(sandbox: Sandbox): Helpers {
  return {
    async account(seed) {
      const account = await sandbox.accounts.create(seed);
      return { ...account, ...(await sandbox.accounts.issueTokens(account.id)) };
    },
    code: async (to, filter = {}) => (await sandbox.messages.wait({ ...filter, to })).code,
    fail: (operation, error, more = {}) =>
      sandbox.faults.add({ operation, ...(isCheckName(error) ? { check: error } : { error }), ...more }),
  };
}

/** Checks are named in small letters; codes are capitals or figures. */
function isCheckName(error: string): boolean {
  return /^[a-z]/.test(error);
}
