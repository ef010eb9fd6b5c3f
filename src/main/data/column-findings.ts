import { showNumberFormat } from '#shared/domain/number-format.ts'
import { isNumeric, type ColumnSchema } from '#shared/domain/schema.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { Finding } from './finding.ts'
import type { Readings } from './guess-type.ts'
import { holdsNumbers } from './missing-tokens.ts'
import type { Sentinel } from './sentinel-ends.ts'

/** Largest finite float32, the precision in which models compute. */
export const FLOAT32_MAX = 3.4028234663852886e38

/** What was decided about a column beside its schema. */
export type ColumnDecisions = {
  /** Values that are not of the column's type and are taken as missing, with how many rows hold each. */
  readonly strays: ReadonlyMap<string, number>
  readonly sentinels: readonly Sentinel[]
  /** True where the user set the type. */
  readonly isSet: boolean
}

/** What the owner of the data should know about a column. */
export function columnFindings(schema: ColumnSchema, facts: ColumnFacts, readings: Readings, decisions: ColumnDecisions): readonly Finding[] {
  return [...emptiness(schema, facts), ...missingFindings(schema, facts, decisions), ...numberFindings(schema, facts, readings, decisions), ...dateFindings(schema, facts, readings, decisions)]
}

function emptiness({ name: column, distinct }: ColumnSchema, facts: ColumnFacts): Finding[] {
  if (facts.values === 0) return [{ kind: 'empty-column', column, message: `Column "${column}" is empty in every row; it is left out of models.` }]
  if (distinct === 1) return [{ kind: 'constant-column', column, message: `Column "${column}" has the same value in every row; it is left out of models.` }]
  return []
}

function missingFindings(schema: ColumnSchema, facts: ColumnFacts, { strays, sentinels }: ColumnDecisions): Finding[] {
  const column = schema.name
  const findings: Finding[] = []
  const seen = new Map(facts.tokens.map(({ text, count }) => [text, count]))
  const tokens = schema.missingTokens.filter((token) => seen.has(token) && !/^[-+]?inf/i.test(token))
  if (tokens.length > 0) {
    const count = tokens.reduce((sum, token) => sum + (seen.get(token) ?? 0), 0)
    findings.push({ kind: 'missing-tokens', column, message: `In column "${column}", ${listed(tokens)} ${tokens.length === 1 ? 'is' : 'are'} taken as missing.`, count })
  }
  if (strays.size > 0) {
    const count = [...strays.values()].reduce((sum, n) => sum + n, 0)
    const [kind, what] = schema.type === 'datetime' ? ['mostly-dates', 'dates'] : ['mostly-numbers', 'numbers']
    findings.push({
      kind,
      column,
      message: `Column "${column}" is all ${what} but for ${count} ${count === 1 ? 'cell' : 'cells'} (${listed([...strays.keys()].slice(0, 3))}), which ${count === 1 ? 'is' : 'are'} taken as missing. Correct them, or set the column's type to category to keep them.`,
      count,
    })
  }
  for (const { value, count, low, high } of sentinels) {
    const shown = String(value)
    findings.push({
      kind: 'possible-sentinel',
      column,
      message: `Column "${column}" holds ${shown} in ${count} rows, far outside the rest (${low} to ${high}): it may stand for "no value". If so, say so: missing: {"${column}": ["${shown}"]} under ingest/file, or import --missing "${column}=${shown}".`,
      count,
    })
  }
  return findings
}

function numberFindings(schema: ColumnSchema, facts: ColumnFacts, { numbers }: Readings, { strays, isSet }: ColumnDecisions): Finding[] {
  const column = schema.name
  const findings: Finding[] = []
  if (holdsNumbers(schema.type) && facts.infinite > 0) {
    findings.push({ kind: 'infinite', column, message: `Column "${column}" holds infinite numbers; they are taken as missing.`, count: facts.infinite })
  }
  if (holdsNumbers(schema.type) && Math.max(-(facts.minimum ?? 0), facts.maximum ?? 0) > FLOAT32_MAX) {
    findings.push({ kind: 'huge-numbers', column, message: `Column "${column}" holds numbers beyond ±3.4e38, more than models can compute with.` })
  }
  const formatted = facts.tally?.counts.formatted ?? 0
  const others = facts.values - facts.numbers - formatted - facts.conditional
  if (schema.type === 'category' && others > 0 && strays.size === 0 && facts.values - others >= 0.9 * facts.values && facts.distinct > 20) {
    const examples = [...(facts.tally?.strays.keys() ?? [])].slice(0, 3)
    findings.push({
      kind: 'mostly-numbers',
      column,
      message: `Column "${column}" is all numbers but for ${others} ${others === 1 ? 'cell' : 'cells'}${examples.length === 0 ? '' : ` (${listed(examples)})`}, so it is read as categories. Correct those cells to read it as numbers.`,
      count: others,
    })
  }
  if (schema.type === 'category' && others === 0 && formatted > 0 && numbers === undefined) {
    findings.push({
      kind: 'mixed-number-formats',
      column,
      message: `Column "${column}" holds numbers that are written in different ways (marks, currencies or units), so it is read as categories. Write them alike to read it as numbers.`,
      count: facts.values,
    })
  }
  if (schema.numberFormat !== undefined && numbers?.other !== undefined && !isSet) {
    findings.push({
      kind: 'ambiguous-numbers',
      column,
      message: `Column "${column}" holds numbers such as "${numbers.example}", read as ${showNumberFormat(schema.numberFormat)} is; they might be ${showNumberFormat(numbers.other)}. If so, say so: types: {"${column}": "decimal:${numbers.other.decimal}"} under ingest/file, or import --type "${column}=decimal:${numbers.other.decimal}".`,
    })
  }
  if (!isSet && isNumeric(schema.type)) findings.push(...countedMoments(schema, facts))
  return findings
}

/** Numbers that count seconds, milliseconds or days, going by the column's name and range: proposed, never taken silently. */
function countedMoments({ name: column }: ColumnSchema, { minimum, maximum }: ColumnFacts): Finding[] {
  if (minimum === null || maximum === null || !/time|date|stamp|epoch|created|updated|(?:^|_)(?:ts|at|on)$|At$/i.test(column)) return []
  const within = (low: number, high: number): boolean => minimum >= low && maximum <= high
  const format = within(3e8, 4.2e9) ? 'epoch' : within(3e11, 4.2e12) ? 'epoch-ms' : within(20_000, 75_000) ? 'excel' : undefined
  if (format === undefined) return []
  const what = format === 'epoch' ? 'seconds since 1970' : format === 'epoch-ms' ? 'milliseconds since 1970' : "Excel's days"
  return [
    {
      kind: 'possible-dates',
      column,
      message: `Column "${column}" holds numbers that may be ${what}. If so, say so: types: {"${column}": "datetime:${format}"} under ingest/file, or import --type "${column}=datetime:${format}".`,
    },
  ]
}

function dateFindings(schema: ColumnSchema, facts: ColumnFacts, { dates }: Readings, { isSet }: ColumnDecisions): Finding[] {
  const column = schema.name
  if (schema.type !== 'datetime') {
    const mixed = dates.kind === 'format' && schema.type === 'category' && facts.numbers === 0 && (facts.tally?.counts.dates ?? 0) >= 0.9 * facts.values
    if (!mixed) return []
    const others = facts.values - dates.count
    return [{ kind: 'mixed-dates', column, message: `Column "${column}" is dates (${dates.format}) but for ${others} cells, so it is read as categories. Write them alike to read it as dates.`, count: others }]
  }
  const findings: Finding[] = []
  if (dates.kind === 'format' && dates.other !== undefined && !isSet) {
    findings.push({
      kind: 'ambiguous-dates',
      column,
      message: `Column "${column}" holds dates that read as ${dates.format} and as ${dates.other}; they are read as ${dates.format}. If that is wrong, say so: types: {"${column}": "datetime:${dates.other}"} under ingest/file, or import --type "${column}=datetime:${dates.other}".`,
    })
  }
  const years = facts.years ?? (dates.kind === 'format' ? [dates.firstYear, dates.lastYear] : undefined)
  if (years !== undefined && ((years[0] ?? 1970) < 1850 || (years[1] ?? 1970) > 2100)) {
    findings.push({
      kind: 'suspicious-dates',
      column,
      message: `Column "${column}" holds dates from the year ${years[0]} to the year ${years[1]}; dates so far off often stand for "no date". They are kept.`,
    })
  }
  return findings
}

function listed(texts: readonly string[]): string {
  return texts.map((text) => `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`).join(', ')
}
