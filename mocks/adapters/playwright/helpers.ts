/** Short functions for the most frequent steps of a test. */
import type {
  Account,
  CheckId,
  MessageFilter,
  NewAccount,
  OperationId,
  Sandbox,
  Tokens,
} from "../../client/sandbox.ts";

/** Such as `IDAAS.SDK.USER.0035`; for GenAuth the statusCode, followed by a slash and the apiCode if there is one: `400/2001`. */
type ErrorCode = `IDAAS.SDK.${string}` | `${number}` | `${number}/${number}`;

export interface Helpers {
  /** Creates an account and issues tokens for it. */
  account(seed?: NewAccount): Promise<Account & Tokens>;
  /** The code in the newest message to this number or address, as soon as there is one. Throws after five seconds. */
  code(to: string, filter?: Omit<MessageFilter, "to">): Promise<string>;
  /** Makes the next request, or the next `times` requests, fail with an error code or a check. Returns the fault's id. */
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

/** Check names start with a small letter, error codes with a capital or a digit. */
function isCheckName(error: string): boolean {
  return /^[a-z]/.test(error);
}
