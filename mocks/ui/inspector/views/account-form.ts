/** The dialog that creates or edits an account. */
import type { Account, AccountChange, NewAccount } from "../../../client/sandbox.ts";
import { element } from "../../widgets/element.ts";
import { field, hintedField } from "../../widgets/field.ts";
import type { Session } from "../app/session.ts";

export const ACCOUNT_FIELDS = ["mobile", "email", "username", "name"] as const;

/** Without an account: creates one. */
export function askForAccount({ mock, texts, ask }: Session, account?: Account): void {
  const { accounts: text } = texts;
  const inputs = ACCOUNT_FIELDS.map((name) =>
    field(text.fields[name], element("input", { name, value: account?.[name] ?? "", autocomplete: "off" })),
  );
  const password = element("input", { name: "password", autocomplete: "off" });
  ask({
    title: account === undefined ? text.create : text.edit,
    content: [
      ...inputs,
      account === undefined ? field(text.password, password) : hintedField(text.password, password, text.passwordHint),
    ],
    action: account === undefined ? texts.create : texts.save,
    submit: async (form) => {
      if (account === undefined) await mock.accounts.create(filledIn(form));
      else await update(mock, account, filledIn(form));
    },
  });
}

function filledIn(form: FormData): NewAccount {
  const given = [...form].filter(([, value]) => value !== "");
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** Sends only differences. An empty field removes its value, but an empty password keeps the current one. */
async function update(mock: Session["mock"], account: Account, wanted: NewAccount): Promise<void> {
  const change: AccountChange = wanted.password === undefined ? {} : { password: wanted.password };
  for (const name of ACCOUNT_FIELDS) {
    const value = wanted[name] ?? null;
    if (value !== account[name]) change[name] = value;
  }
  if (Object.keys(change).length > 0) await mock.accounts.update(account.id, change);
}
