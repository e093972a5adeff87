/**
 * A collection of @msw/data that copies rows from an original and is updated again and again. Only this class writes its records;
 * the writes of its users go to the original.
 */
import { Collection, Query } from "@msw/data";

/** The schema (standardschema.dev) that a collection demands. It only carries the types; the original validates the values. */
export interface Schema<Input, Row> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => { readonly value: Row };
    readonly types?: { readonly input: Input; readonly output: Row } | undefined;
  };
}

/** A row as the collection returns it, with the marks by which @msw/data finds it again. */
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

  /** The current rows of the original. */
  protected abstract rows(): Promise<readonly Row[]>;
  /** The key of a row, which stays the same when the row changes. */
  protected abstract key(row: Row): string;
  /** Called when a user of the collection deletes the record. If this throws, the record stays. */
  protected abstract deleted(row: Row): void;

  /** Resolves when the collection shows the original's rows of this moment or later. */
  caughtUp(): Promise<void> {
    // A pass that has not started yet will see every change until its start.
    this.#next ??= this.#pass
      .catch(() => {
        // The callers that waited for that pass got the error.
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
      // The record may have been deleted here in the meantime.
      if (!this.leaving.has(this.key(record))) throw error;
    });
  }

  /** The `clear` of @msw/data calls the hooks for every other record only. */
  override clear(): void {
    this.deleteMany(new Query(() => true));
  }
}

function schemaOf<Input, Row>(): Schema<Input, Row> {
  // The cast is safe: only this class creates and updates records, from rows.
  return { "~standard": { version: 1, vendor: "ciam-testkit", validate: (value) => ({ value: value as Row }) } };
}

function isOther<Row extends object>(row: Row, record: Row): boolean {
  return Object.entries(row).some(([name, value]) => value !== record[name as keyof Row]);
}
