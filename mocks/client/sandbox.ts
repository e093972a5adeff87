/**
 * A sandbox as a test handles it in process: the control protocol's calls as typed functions. Each goes the way of the HTTP
 * call, so what is refused there is refused here, as a `ControlError`.
 */
import type { ControlId, ControlInput, ControlOutput, Schemas } from "../control/calls.ts";
import { type CamelKeys, camelKeys, snakeKeys } from "../control/case-conversion.ts";

export type { CheckId, OperationId } from "../spec/index.ts";

/** null for what is not set. */
export type Account = Schemas["Account"];
export type NewAccount = Schemas["AccountSeed"];
export type AccountChange = Schemas["AccountChange"];
export type Tokens = CamelKeys<Schemas["Tokens"]>;
/** Times are ISO 8601 in UTC. */
export type Message = CamelKeys<Schemas["Message"]>;
export type ClockReading = CamelKeys<Schemas["Clock"]>;
/** A request, its answer, the check that decided and why. Secrets are masked. */
export type Exchange = CamelKeys<Schemas["Exchange"]>;
export type FaultOrder = CamelKeys<Schemas["FaultOrder"]>;
/** A fault that waits for a request; `remaining` says for how many. */
export type WaitingFault = CamelKeys<Schemas["WaitingFault"]>;
export type CodeOrder = CamelKeys<Schemas["CodeOrder"]>;
export type PolicyValues = Schemas["Policy"];
export type Snapshot = Schemas["Snapshot"];
export type PolicyPatch = Schemas["PolicyPatch"];
/** What is emulated, each error with its texts and how it is known, and what the policy assumes; names as on the wire. */
export type Catalogue = Schemas["Catalogue"];

export interface Duration {
  readonly seconds?: number;
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
}

export interface MessageFilter {
  /** A number or address in any form. */
  readonly to?: string;
  /** Such as `UPDATE_MOBILE_SMS`. */
  readonly scene?: string;
  /** Only messages that came after the one with this id. */
  readonly after?: string;
}

/** The client id that every page of the documents shows. */
export const DEFAULT_CLIENT_ID = "nTo1eRIub60vPb54WeE6aojPwYwImtl4";

const WAIT_SECONDS = 5;

export type Sandbox = ReturnType<typeof sandbox>;

/** Makes a call of the control protocol. */
export type ControlCall = <Id extends ControlId>(
  clientId: string,
  id: Id,
  input?: Partial<ControlInput<Id>>,
) => Promise<ControlOutput<Id>>;

/** The sandbox of this client id. Nothing happens before a call; an unknown client id fails then. */
export function sandbox(controlCall: ControlCall, clientId: string) {
  const call = <Id extends ControlId>(id: Id, input?: Partial<ControlInput<Id>>) => controlCall(clientId, id, input);

  async function list(filter: MessageFilter & { wait?: number }): Promise<Message[]> {
    return (await call("listMessages", { query: filter })).messages.map(camelKeys);
  }

  const setClock = async (body: Schemas["ClockChange"]) => camelKeys(await call("setClock", { body }));

  return {
    clientId,

    accounts: {
      /** Throws when a value is malformed or belongs to another account. */
      create: (seed: NewAccount = {}): Promise<Account> => call("createAccount", { body: seed }),
      read: (id: string): Promise<Account> => call("readAccount", { params: { id } }),
      /** Those with this text in their id, number, address, user name or name; the first 1,000. */
      list: async (filter: { search?: string } = {}): Promise<Account[]> =>
        (await call("listAccounts", { query: filter })).accounts,
      /** null takes a member away. Throws when a value is malformed or belongs to another account. */
      update: (id: string, change: AccountChange): Promise<Account> =>
        call("updateAccount", { params: { id }, body: change }),
      delete: (id: string): Promise<undefined> => call("deleteAccount", { params: { id } }),
      hasPassword: async (id: string, password: string): Promise<boolean> =>
        (await call("checkPassword", { params: { id }, body: { password } })).matches,
      /** `expiresIn` in seconds; 0 or less gives tokens that have expired already. */
      issueTokens: async (id: string, options: { expiresIn?: number } = {}): Promise<Tokens> =>
        camelKeys(await call("issueTokens", { params: { id }, body: snakeKeys(options) })),
    },

    captcha: {
      /** A pass token for this number or address, as if a captcha had been solved. */
      issueToken: async (options: { sender: string; expiresIn?: number }): Promise<string> =>
        (await call("issueCaptchaToken", { body: snakeKeys(options) })).captcha_token,
      /** Where the piece of an open captcha belongs. */
      solve: (token: string): Promise<{ x: number; y: number }> => call("solveCaptcha", { params: { token } }),
    },

    codes: {
      /** A code as if it had been sent, without a message. */
      plant: async (options: CodeOrder): Promise<string> =>
        (await call("plantCode", { body: snakeKeys(options) })).code,
    },

    messages: {
      /** Oldest first. */
      list: (filter: MessageFilter = {}): Promise<Message[]> => list(filter),
      /** The newest message that fits, as soon as there is one. Throws after `seconds` of real time, 5 by default. */
      async wait(filter: MessageFilter & { seconds?: number } = {}): Promise<Message> {
        const { seconds = WAIT_SECONDS, ...wanted } = filter;
        const newest = (await list({ ...wanted, wait: seconds })).at(-1);
        if (newest !== undefined) return newest;
        const others = (await list({})).map(({ to, scene }) => `${scene} to ${to}`);
        throw new Error(
          `No message fits ${JSON.stringify(wanted)} within ${seconds} s. The inbox has: ${others.join(", ") || "nothing"}`,
        );
      },
    },

    clock: {
      read: async (): Promise<ClockReading> => camelKeys(await call("readClock")),
      advance: ({ seconds = 0, minutes = 0, hours = 0, days = 0 }: Duration): Promise<ClockReading> =>
        setClock({ advance_seconds: seconds + 60 * (minutes + 60 * (hours + 24 * days)) }),
      /** ISO 8601. */
      set: (time: string): Promise<ClockReading> => setClock({ set: time }),
      freeze: (): Promise<ClockReading> => setClock({ frozen: true }),
      thaw: (): Promise<ClockReading> => setClock({ frozen: false }),
    },

    faults: {
      /** Answers the fault's id. Throws when the operation cannot give that answer. */
      add: async (options: FaultOrder): Promise<string> => (await call("addFault", { body: snakeKeys(options) })).id,
      /** In the order in which they are used up. */
      list: async (): Promise<WaitingFault[]> => (await call("listFaults")).faults.map(camelKeys),
      /** Throws when no such fault waits any more. */
      remove: (id: string): Promise<undefined> => call("removeFault", { params: { id } }),
      clear: (): Promise<undefined> => call("clearFaults"),
    },

    policy: {
      read: (): Promise<PolicyValues> => call("readPolicy"),
      /** Changes some keys; null puts a key back to its default. */
      patch: (change: PolicyPatch): Promise<PolicyValues> => call("patchPolicy", { body: change }),
    },

    requests: {
      /** Oldest first. */
      list: async (filter: { operation?: string; after?: string } = {}): Promise<Exchange[]> =>
        (await call("listRequests", { query: filter })).requests.map(camelKeys),
    },

    snapshot: {
      /** All that the sandbox holds, but for its journal; plain JSON. */
      take: (): Promise<Snapshot> => call("takeSnapshot"),
      /** Puts this in the place of all that the sandbox holds. Throws, and changes nothing, if it cannot be used. */
      restore: (snapshot: Snapshot): Promise<undefined> => call("restoreSnapshot", { body: snapshot }),
    },

    catalogue: {
      /** The same for every sandbox. */
      read: (): Promise<Catalogue> => call("readCatalogue"),
    },

    /** Puts the sandbox back to what it was when it was opened. */
    reset: (): Promise<undefined> => call("reset"),
  };
}

/** What opens and closes sandboxes. */
export interface Sandboxes {
  /** Opens an empty sandbox, by default under a client id that nobody has. Throws if there is one of this name. */
  create(options?: { readonly clientId?: string }): Promise<Sandbox>;
  /** The client ids of all sandboxes. */
  list(): Promise<readonly string[]>;
  delete(clientId: string): Promise<undefined>;
}

/** Those calls are the same whichever sandbox they name, if there is one of this client id. */
export function sandboxes(call: ControlCall, clientId: string): Sandboxes {
  return {
    create: async (options = {}) =>
      sandbox(call, (await call(clientId, "createSandbox", { body: snakeKeys(options) })).client_id),
    list: async () => (await call(clientId, "listSandboxes")).sandboxes.map(({ client_id }) => client_id),
    delete: (client_id) => call(clientId, "deleteSandbox", { params: { client_id } }),
  };
}
