import { z } from 'zod'
import type { Column } from '../../table/column.ts'
import { defineTransform } from '../transform.ts'
import { asNumbers } from './as-kind.ts'

const DAY = 86_400_000

/** Length of a year in days, leap years averaged: the same day of two years lies at the same place to within a day. */
const YEAR = 365.2425

/** Share of the round that has passed, 0 … 1. */
const roundOf = {
  month: (date: Date) => date.getUTCMonth() / 12,
  weekday: (date: Date) => ((date.getUTCDay() + 6) % 7) / 7,
  hour: (date: Date) => (date.getUTCHours() + date.getUTCMinutes() / 60) / 24,
  'day of year': (date: Date) => (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY / YEAR,
} as const

const round = z.enum(['month', 'weekday', 'hour', 'day of year'])
type Round = z.infer<typeof round>

const params = z.strictObject({
  parts: z.array(round).default(['month', 'weekday', 'hour', 'day of year']).describe('Rounds to take where they vary'),
})
const fitted = z.object({ parts: z.array(round) })

function shares(values: Float64Array, part: Round): Float64Array {
  const date = new Date(0)
  return values.map((time) => {
    date.setTime(time) // out of range or NaN: NaN
    return roundOf[part](date)
  })
}

function pair(name: string, values: Float64Array, part: Round): readonly Column[] {
  const angles = shares(values, part).map((share) => 2 * Math.PI * share)
  return [
    { kind: 'number', name: `${name} (${part}, sine)`, values: angles.map(Math.sin) },
    { kind: 'number', name: `${name} (${part}, cosine)`, values: angles.map(Math.cos) },
  ]
}

function varies(values: Float64Array): boolean {
  const first = values.find((value) => !Number.isNaN(value))
  return first !== undefined && values.some((value) => value !== first && !Number.isNaN(value))
}

/** Month, weekday, hour and day of the year (UTC) as points on a circle, so that December is next to January. */
export const cyclic = defineTransform<z.infer<typeof params>, z.infer<typeof fitted>>({
  id: 'cyclic',
  version: 1,
  label: 'Rounds of a date',
  help: 'Turns what goes round in a date (month, weekday, hour, day of the year) into sine and cosine. Parts that never vary are left out.',
  takes: 'number',
  makes: 'number',
  params,
  fitted,
  fit: (column, { parts }) => ({ parts: parts.filter((part) => varies(shares(asNumbers(column).values, part))) }),
  apply: (column, _params, { parts }) => parts.flatMap((part) => pair(column.name, asNumbers(column).values, part)),
  describe: (_name, _params, { parts }) => `${parts.length > 0 ? parts.join(', ') : 'nothing'} of the date as points on a circle`,
})
