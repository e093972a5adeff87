/** Whether one of the values contains the text, which is in lower case. */
export function contains(values: readonly (string | null)[], text: string): boolean {
  return values.some((value) => value?.toLowerCase().includes(text));
}
