/** Divides rows by a rule, each part in its old order. */
export function referencePartition(rows: readonly number[], goesLeft: (row: number) => boolean): { left: number[]; right: number[] } {
  return { left: rows.filter(goesLeft), right: rows.filter((row) => !goesLeft(row)) }
}

/** The rule of a numeric split: bins up to `bin` go left; bin 0 (missing) as `missingRight` says. */
export function numericRule(bin: number, missingRight: boolean): (cell: number) => boolean {
  return (cell) => (cell === 0 ? !missingRight : cell <= bin)
}
