import type { ColumnProfile, MissingPatterns, Associations, Overlap, ProfileFinding } from '#shared/domain/profile.ts'
import type { Twins } from '../twin-columns.ts'
import type { TargetFacts } from '../target-links.ts'

/** All that the rules look at. */
export type Gathered = {
  readonly rows: number
  readonly columns: readonly ColumnProfile[]
  readonly repeatedRows: number | null
  readonly twins: readonly Twins[]
  /** Columns that were not compared with all that may be alike. */
  readonly twinsLeft: number
  readonly missing: MissingPatterns | null
  readonly associations: Associations | null
  readonly overlap: Overlap | null
  readonly target: { readonly name: string; readonly classes: readonly { readonly name: string; readonly rows: number }[]; readonly facts: readonly TargetFacts[] } | null
}

/** A rule: what it finds, in no order. */
export type FindingRule = (gathered: Gathered) => readonly ProfileFinding[]

/** A share for a sentence: "26.5 %", "under 0.1 %". */
export function percent(share: number): string {
  const value = share * 100
  if (value > 0 && value < 0.1) return 'under 0.1 %'
  if (value < 100 && value > 99.9) return 'over 99.9 %'
  return `${String(Number(value.toFixed(1)))} %`
}

/** A count for a sentence, thousands separated, with its noun. */
export function countOf(value: number, noun: string): string {
  return `${String(value).replace(/\B(?=(\d{3})+$)/g, ',')} ${noun}${value === 1 ? '' : 's'}`
}

/** A number for a sentence: at most six significant digits. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(6)))
}

/** A text for a sentence, cut where it is long. */
export function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`
}
