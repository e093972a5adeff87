/**
 * A sandbox for tests: the calls of the control protocol as typed functions. Each does the same as the HTTP call and throws its
 * errors as a `ControlError`.
 */
import type { ControlId, ControlInput, ControlOutput, Schemas } from "../control/calls.ts";
import { type CamelKeys, camelKeys, snakeKeys } from "../control/case-conversion.ts";

export type { CheckId, OperationId } from "../spec/index.ts";

/** A field that is not set is null. */
export type Account = Schemas["Account"];
export type NewAccount = Schemas["AccountSeed"];
export type AccountChange = Schemas["AccountChange"];
export type Tokens = CamelKeys<Schemas["Tokens"]>;
/** Times are ISO 8601 in UTC. */
export type Message = CamelKeys<Schemas["Message"]>;
export type ClockReading = CamelKeys<Schemas["Clock"]>;
/** A request, its response, the check that decided and why. Secrets are masked. */
export type Exchange = CamelKeys<Schemas["Exchange"]>;
export type FaultOrder = CamelKeys<Schemas["FaultOrder"]>;
/** A fault that waits for requests; `remaining` is their number. */
export type WaitingFault = CamelKeys<Schemas["WaitingFault"]>;
export type CodeOrder = CamelKeys<Schemas["CodeOrder"]>;
export type PolicyValues = Schemas["Policy"];
export type Snapshot = Schemas["Snapshot"];
export type PolicyPatch = Schemas["PolicyPatch"];
/** Operations, their errors with texts and sources, scenes, and the keys of the policy. Names as in the protocol. */
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
  /** Only messages after the one with this id. */
  readonly after?: string;
}

/** The client id in the examples of the vendor's documentation. */
export const DEFAULT_CLIENT_ID = "nTo1eRIub60vPb54WeE6aojPwYwImtl4";

const WAIT_SECONDS = 5;

export type Sandbox = ReturnType<typeof sandbox>;

/** Makes a call of the control protocol. */
export type ControlCall = <Id extends ControlId>(
  clientId: string,
  id: Id,
  input?: Partial<ControlInput<Id>>,
) => Promise<ControlOutput<Id>>;

/** The sandbox of this client id. Sends nothing before the first call, which throws if the client id is unknown. */
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
      /** The first 1,000 accounts that have this text in their id, number, address, user name or name. */
      list: async (filter: { search?: string } = {}): Promise<Account[]> =>
        (await call("listAccounts", { query: filter })).accounts,
      /** null removes a field. Throws when a value is malformed or belongs to another account. */
      update: (id: string, change: AccountChange): Promise<Account> =>
        call("updateAccount", { params: { id }, body: change }),
      delete: (id: string): Promise<undefined> => call("deleteAccount", { params: { id } }),
      hasPassword: async (id: string, password: string): Promise<boolean> =>
        (await call("checkPassword", { params: { id }, body: { password } })).matches,
      /** `expiresIn` is in seconds; with 0 or less the tokens have already expired. */
      issueTokens: async (id: string, options: { expiresIn?: number } = {}): Promise<Tokens> =>
        camelKeys(await call("issueTokens", { params: { id }, body: snakeKeys(options) })),
    },

    captcha: {
      /** A pass token for this number or address, as if a captcha had been solved. */
      issueToken: async (options: { sender: string; expiresIn?: number }): Promise<string> =>
        (await call("issueCaptchaToken", { body: snakeKeys(options) })).captcha_token,
      /** The right position of the piece of an open captcha, in pixels. Throws if the captcha is unknown, used or expired. */
      solve: (token: string): Promise<{ x: number; y: number }> => call("solveCaptcha", { params: { token } }),
    },

    codes: {
      /** Stores a code as if it had been sent, but sends no message. Returns the code. */
      plant: async (options: CodeOrder): Promise<string> =>
        (await call("plantCode", { body: snakeKeys(options) })).code,
    },

    messages: {
      /** Oldest first. */
      list: (filter: MessageFilter = {}): Promise<Message[]> => list(filter),
      /** The newest matching message, as soon as there is one. Throws after `seconds` of real time, 5 by default. */
      async wait(filter: MessageFilter & { seconds?: number } = {}): Promise<Message> {
        const { seconds = WAIT_SECONDS, ...wanted } = filter;
        const newest = (await list({ ...wanted, wait: seconds })).at(-1);
        if (newest !== undefined) return newest;
        const others = (await list({})).map(({ to, scene }) => `${scene} to ${to}`);
        throw new Error(
          `No message matched ${JSON.stringify(wanted)} within ${seconds} s. The inbox has: ${others.join(", ") || "no messages"}`,
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
      /** Schedules a fault and returns its id. Throws if the operation never responds with that error. */
      add: async (options: FaultOrder): Promise<string> => (await call("addFault", { body: snakeKeys(options) })).id,
      /** In the order of their use. */
      list: async (): Promise<WaitingFault[]> => (await call("listFaults")).faults.map(camelKeys),
      /** Throws if the fault does not exist or is used up. */
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
      /** The content of the sandbox without its journal, as plain JSON. */
      take: (): Promise<Snapshot> => call("takeSnapshot"),
      /** Replaces the whole content of the sandbox. Throws, and changes nothing, if the snapshot is invalid. */
      restore: (snapshot: Snapshot): Promise<undefined> => call("restoreSnapshot", { body: snapshot }),
    },

    catalogue: {
      /** The same for every sandbox. */
      read: (): Promise<Catalogue> => call("readCatalogue"),
    },

    /** Gives the sandbox the content again that it had when it was opened. */
    reset: (): Promise<undefined> => call("reset"),
  };
}

/** Creates, lists and deletes sandboxes. */
export interface Sandboxes {
  /** Creates an empty sandbox, by default with a new client id. Throws if the client id is taken. */
  create(options?: { readonly clientId?: string }): Promise<Sandbox>;
  /** The client ids of all sandboxes. */
  list(): Promise<readonly string[]>;
  delete(clientId: string): Promise<undefined>;
}

/** The calls need the client id of an existing sandbox. Any one will do: they work on all sandboxes. */
export function sandboxes(call: ControlCall, clientId: string): Sandboxes {
  return {
    create: async (options = {}) =>
      sandbox(call, (await call(clientId, "createSandbox", { body: snakeKeys(options) })).client_id),
    list: async () => (await call(clientId, "listSandboxes")).sandboxes.map(({ client_id }) => client_id),
    delete: (client_id) => call(clientId, "deleteSandbox", { params: { client_id } }),
  };
}
