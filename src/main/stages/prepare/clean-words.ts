import type { CleaningReport } from '../../data/clean-dataset.ts'

/** What cleaning did, one line for each thing. */
export function inWords(report: CleaningReport): string[] {
  const trimmed = report.columns.reduce((sum, column) => sum + column.trimmed, 0)
  const missing = report.columns.reduce((sum, column) => sum + column.madeMissing, 0)
  return [
    `${trimmed.toLocaleString('en')} cells trimmed, ${missing.toLocaleString('en')} cells made missing.`,
    ...repairsInWords(report),
    ...rowsInWords(report),
    `${report.rowsAfter.toLocaleString('en')} of ${report.rowsBefore.toLocaleString('en')} rows kept.`,
  ]
}

function repairsInWords({ repairs }: CleaningReport): string[] {
  return repairs
    .filter(({ cells }) => cells > 0)
    .map(({ rule, column, cells, examples }) => {
      const shown = examples.slice(0, 2).map(({ row, before, after }) => `row ${row}: "${before}" → ${after === null ? 'missing' : `"${after}"`}`)
      return `Column "${column}", rule ${rule}: ${cells.toLocaleString('en')} ${cells === 1 ? 'cell' : 'cells'} repaired (${shown.join('; ')}).`
    })
}

function rowsInWords({ duplicates, near, withoutTarget }: CleaningReport): string[] {
  const lines: string[] = []
  const { found, removed, why } = duplicates
  if (found > 0) lines.push(`${found.toLocaleString('en')} rows repeat an earlier row; ${removed === 0 ? 'kept' : 'removed'}: ${why}.`)
  if (near !== null && near.found > 0) {
    const [example] = near.examples
    const shown = example === undefined ? '' : ` (row ${example.row} is like row ${example.like}${example.column === null ? '' : ` but for "${example.column}"`})`
    lines.push(`${near.found.toLocaleString('en')} rows nearly repeat an earlier row${shown}; ${near.removed === 0 ? 'kept: say near: remove to remove them' : 'removed'}.`)
  }
  if (withoutTarget !== null && withoutTarget.removed > 0) lines.push(`${withoutTarget.removed.toLocaleString('en')} rows without "${withoutTarget.column}" removed: they cannot be learnt from.`)
  return lines
}
