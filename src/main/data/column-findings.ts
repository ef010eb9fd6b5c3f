import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { DateReading } from './date-formats.ts'
import type { Finding } from './finding.ts'
import { holdsNumbers } from './missing-tokens.ts'

/** Largest finite float32, the precision in which models compute. */
export const FLOAT32_MAX = 3.4028234663852886e38

/** What the owner of the data should know about a column. */
export function columnFindings(schema: ColumnSchema, facts: ColumnFacts, dates: DateReading): readonly Finding[] {
  const column = schema.name
  const findings: Finding[] = []
  if (facts.values === 0) findings.push({ kind: 'empty-column', column, message: `Column "${column}" is empty in every row; it is left out of models.` })
  else if (schema.distinct === 1) findings.push({ kind: 'constant-column', column, message: `Column "${column}" has the same value in every row; it is left out of models.` })
  const tokens = schema.missingTokens.filter((token) => !/^[-+]?inf/i.test(token))
  if (tokens.length > 0) {
    const listed = tokens.map((token) => `"${token}"`).join(', ')
    const count = facts.always + (holdsNumbers(schema.type) ? facts.conditional : 0)
    findings.push({ kind: 'missing-tokens', column, message: `In column "${column}", ${listed} ${tokens.length === 1 ? 'is' : 'are'} taken as missing.`, count })
  }
  if (holdsNumbers(schema.type) && facts.infinite > 0) {
    findings.push({ kind: 'infinite', column, message: `Column "${column}" holds infinite numbers; they are taken as missing.`, count: facts.infinite })
  }
  if (holdsNumbers(schema.type) && Math.max(-(facts.minimum ?? 0), facts.maximum ?? 0) > FLOAT32_MAX) {
    findings.push({ kind: 'huge-numbers', column, message: `Column "${column}" holds numbers beyond ±3.4e38, more than models can compute with.` })
  }
  const others = facts.values - facts.numbers
  if (schema.type === 'category' && others > 0 && facts.numbers >= 0.9 * facts.values && facts.distinct > 20) {
    findings.push({
      kind: 'mostly-numbers',
      column,
      message: `Column "${column}" is all numbers but for ${others} ${others === 1 ? 'cell' : 'cells'}, so it is read as categories. Correct those cells to read it as numbers.`,
      count: others,
    })
  }
  if (dates.kind === 'ambiguous' && schema.type === 'category') {
    findings.push({
      kind: 'ambiguous-dates',
      column,
      message: `Column "${column}" holds dates that read as ${dates.formats.join(' and as ')}; say which, e.g. types: {${column}: "datetime:${dates.formats[0]}"}.`,
    })
  }
  return findings
}
