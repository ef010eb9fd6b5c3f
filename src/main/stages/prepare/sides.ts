/** Where a row goes. */
export const Side = { train: 0, test: 1, validation: 2, left: 3 } as const

/** Which side each row goes to, one byte per row, and what to say about it. */
export type Sides = { readonly sideOf: Uint8Array; readonly words: string }

/** A mask of the rows of one side. */
export function maskOf(sideOf: Uint8Array, side: number): Uint8Array {
  return sideOf.map((of) => (of === side ? 1 : 0))
}

/** Rows of one side. */
export function countOf(sideOf: Uint8Array, side: number): number {
  return sideOf.reduce((sum, of) => sum + (of === side ? 1 : 0), 0)
}
