import { MillraceError } from '#shared/errors.ts'
import type { Repair } from '#shared/domain/repair.ts'
import type { DataEngine } from '../../engine.ts'
import { holdsNumbers } from '../../missing-tokens.ts'
import type { RepairRule } from '../rule.ts'

/** What the user says a column may hold: least and largest value, the only values, a pattern. */
export const limitsRule: RepairRule = {
  id: 'limits',
  help: 'Makes values missing, or clips them, that `min`, `max`, `allowed` or `pattern` of the column do not allow.',
  modes: ['repair', 'off'],
  looksAt: (_column, _sqlType, { min, max, allowed, pattern }) => min !== undefined || max !== undefined || allowed !== undefined || pattern !== undefined,
  async decide({ engine, column, wish }) {
    const repairs: Repair[] = []
    const { allowed = null, pattern = null } = wish
    if (allowed !== null || pattern !== null) {
      await checkPattern(engine, column.name, pattern)
      repairs.push({ kind: 'texts', rule: 'limits', allowed, pattern })
    }
    if (wish.min !== undefined || wish.max !== undefined) {
      if (!holdsNumbers(column.type)) throw notNumbers(column.name, column.type)
      const [min, max] = [bound(column.name, 'min', wish.min), bound(column.name, 'max', wish.max)]
      if (min !== null && max !== null && min > max) throw wrong(column.name, `min (${String(wish.min)}) is larger than max (${String(wish.max)})`)
      repairs.push({ kind: 'bounds', rule: 'limits', min, max, outside: wish.outside ?? 'missing' })
    }
    return { repairs }
  },
}

/** A number, or a date in ISO form as milliseconds since 1970 UTC. */
function bound(column: string, which: string, value: number | string | undefined): number | null {
  if (value === undefined) return null
  const number = typeof value === 'number' ? value : /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value.length === 10 ? `${value}T00:00:00Z` : value) : Number(value)
  if (!Number.isFinite(number)) throw wrong(column, `${which} "${String(value)}" is neither a number nor a date such as 2024-12-31`)
  return number
}

async function checkPattern(engine: DataEngine, column: string, pattern: string | null): Promise<void> {
  if (pattern === null) return
  try {
    await engine.run(`SELECT regexp_full_match('', $1)`, [pattern])
  } catch (error) {
    throw wrong(column, `pattern "${pattern}" is no regular expression (${error instanceof Error ? error.message : String(error)})`)
  }
}

function notNumbers(column: string, type: string): MillraceError {
  return wrong(column, `min and max need a column of numbers or dates, and this one is read as ${type}`)
}

function wrong(column: string, what: string): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: `The limits of the column "${column}" cannot be used`,
    message: `prepare/clean, columns, "${column}": ${what}.`,
    nextStep: 'Correct the parameter, or set the type of the column where the file is read.',
    details: { column },
  })
}
