/** What a part of the soak measured. */

export interface Row {
  readonly part: string;
  readonly what: string;
  readonly value: string | number;
  /** Whether the value shows a fault of the product. */
  readonly fault: boolean;
}

export interface Load {
  readonly seed: number;
  /** 1 for the whole work. */
  readonly share: number;
}

export type Part = (load: Load) => Promise<readonly Row[]>;

export function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
