import { z } from 'zod'
import type { Column } from '../../table/column.ts'
import { defineTransform } from '../transform.ts'
import { asNumbers } from './as-kind.ts'

const DAY = 86_400_000
/** Largest distance from 1970 that a JavaScript date can have, in milliseconds. */
const LATEST = 8.64e15

const partOf = {
  days: (date: Date, reference: number) => (date.getTime() - reference) / DAY,
  year: (date: Date) => date.getUTCFullYear(),
  month: (date: Date) => date.getUTCMonth() + 1,
  day: (date: Date) => date.getUTCDate(),
  weekday: (date: Date) => ((date.getUTCDay() + 6) % 7) + 1,
  hour: (date: Date) => date.getUTCHours(),
} as const

const part = z.enum(['days', 'year', 'month', 'day', 'weekday', 'hour'])
type Part = z.infer<typeof part>

const params = z.strictObject({
  parts: z.array(part).default(['days', 'year', 'month', 'day', 'weekday', 'hour']).describe('Parts to take where they vary; weekday 1 is Monday'),
  reference: z.iso.date().optional().describe('Day from which `days` are counted, e.g. 2020-01-01; left out: the earliest training day'),
})
const fitted = z.object({ parts: z.array(part), reference: z.number() })

function columnOfPart(name: string, values: Float64Array, part: Part, reference: number): Column {
  const date = new Date(0)
  const read = partOf[part]
  return {
    kind: 'number',
    name: `${name} (${part})`,
    values: values.map((time) => {
      date.setTime(time) // out of range or NaN: every part is NaN
      return read(date, reference)
    }),
  }
}

function varies(values: Float64Array): boolean {
  const first = values.find((value) => !Number.isNaN(value))
  return first !== undefined && values.some((value) => value !== first && !Number.isNaN(value))
}

function earliest(values: Float64Array): number {
  let found = Number.POSITIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const time = values[i] as number
    if (time < found && Math.abs(time) <= LATEST) found = time
  }
  return Number.isFinite(found) ? Math.floor(found / DAY) * DAY + 0 : 0
}

/** Numbers from a date and time (UTC): days since a reference, year, month, day of month, day of week, hour; only those that vary. */
export const dateParts = defineTransform<z.infer<typeof params>, z.infer<typeof fitted>>({
  id: 'date-parts',
  version: 1,
  label: 'Parts of a date',
  help: 'Turns a date into numbers: days since a reference, year, month, day, day of the week, hour. Parts that never vary are left out.',
  takes: 'number',
  makes: 'number',
  params,
  fitted,
  fit(column, { parts, reference }) {
    const { values } = asNumbers(column)
    const start = reference === undefined ? earliest(values) : Date.parse(reference)
    return {
      reference: start,
      parts: parts.filter((part) => {
        const found = columnOfPart('', values, part, start)
        return found.kind === 'number' && varies(found.values)
      }),
    }
  },
  apply: (column, _params, { parts, reference }) => parts.map((part) => columnOfPart(column.name, asNumbers(column).values, part, reference)),
  describe: (_name, _params, { parts, reference }) =>
    `${parts.join(', ')} of the date${parts.includes('days') ? ` (days since ${new Date(reference).toISOString().slice(0, 10)})` : ''}`,
})
