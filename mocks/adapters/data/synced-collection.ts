/**
 * A collection of @msw/data that shows what somebody else has, and is brought up to it time and again. Only this writes its records;
 * what its users write goes to whoever has the original. Knows nothing of accounts and messages.
 */
import { Collection, Query } from "@msw/data";

/** What a collection asks of a schema (standardschema.dev): the types. What the values may be, the original decides. */
export interface Schema<Input, Row> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => { readonly value: Row };
    readonly types?: { readonly input: Input; readonly output: Row } | undefined;
  };
}

/** A row as the collection gives it out, with what @msw/data needs to find it again. */
export type RecordOf<Row> = ReturnType<Collection<Schema<Row, Row>>["all"]>[number];

export abstract class SyncedCollection<Input, Row extends object> extends Collection<Schema<Input | Row, Row>> {
  /** Keys of rows that were deleted here and may still be in the original. */
  protected readonly leaving = new Set<string>();
  #pass: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #showing = false;

  constructor() {
    super({ schema: schemaOf<Input | Row, Row>() });
    this.hooks.on("delete", ({ data: { deletedRecord } }) => {
      if (!this.#showing) this.deleted(deletedRecord);
    });
  }

  /** All that the original has now. */
  protected abstract rows(): Promise<readonly Row[]>;
  /** What makes a row the same row after a change. */
  protected abstract key(row: Row): string;
  /** Somebody has deleted the record here. If this throws, it stays. */
  protected abstract deleted(row: Row): void;

  /** Resolves once the collection shows all that the original has at this moment. */
  caughtUp(): Promise<void> {
    // The pass that waits for its turn will see what happens until then.
    this.#next ??= this.#pass
      .catch(() => {
        // Those who waited for it know.
      })
      .then(() => {
        this.#next = undefined;
        this.#pass = this.#show();
        return this.#pass;
      });
    return this.#next;
  }

  async #show(): Promise<void> {
    const rows = new Map((await this.rows()).map((row) => [this.key(row), row]));
    for (const record of [...this.all()]) {
      const row = rows.get(this.key(record));
      rows.delete(this.key(record));
      if (row === undefined) this.#drop(record);
      else if (isOther(row, record)) await this.#replace(record, row);
    }
    for (const [key, row] of rows) {
      if (!this.leaving.has(key)) await super.create(row);
    }
  }

  #drop(record: RecordOf<Row>): void {
    this.#showing = true;
    try {
      super.delete(record);
    } finally {
      this.#showing = false;
    }
  }

  async #replace(record: RecordOf<Row>, row: Row): Promise<void> {
    const data = (draft: object) => void Object.assign(draft, row);
    await super.update(record, { data }).catch((error) => {
      // Deleted here in the meantime.
      if (!this.leaving.has(this.key(record))) throw error;
    });
  }

  /** That of @msw/data tells its hooks of every other record only. */
  override clear(): void {
    this.deleteMany(new Query(() => true));
  }
}

function schemaOf<Input, Row>(): Schema<Input, Row> {
  // It is a row: only a mirror creates and updates records, from rows.
  return { "~standard": { version: 1, vendor: "ciam-testkit", validate: (value) => ({ value: value as Row }) } };
}

function isOther<Row extends object>(row: Row, record: Row): boolean {
  return Object.entries(row).some(([name, value]) => value !== record[name as keyof Row]);
}
