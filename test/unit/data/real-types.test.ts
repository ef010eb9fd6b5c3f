import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { useDataFolder } from './data-folder.ts'

const shared = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
const folder = useDataFolder()
const LETTERS = { integer: 'i', decimal: 'd', boolean: 'b', category: 'c', text: 't', datetime: 'm' } as const

/** Types of all columns, a letter each; a capital for one that is no feature. */
const expected: readonly (readonly [string, string])[] = [
  ['adult/adult-train.csv', 'iciciccccciiicc'],
  ['airline-passengers/airline-passengers.csv', 'mi'],
  ['auto-mpg/auto-mpg.csv', 'didiidiic'],
  ['california-housing/housing.csv', 'dddddddddc'],
  ['daily-min-temperatures/daily-min-temperatures.csv', 'md'],
  ['encoding-variants/airquality-uci-style.csv', 'mmdiidiiiiiidddCC'],
  ['formats/airquality.csv', 'mmdiidiiiiiiddd'],
  ['formats/incheon_airport.csv', 'miiiiiiiii'],
  ['formats/us-demand.csv', 'cmd'],
  ['horse-colic/horse-colic.csv', 'iiidiiiiiiiiiiidiiddidiiccci'],
  ['iris/iris.csv', 'ddddi'],
  ['mammography/mammography.csv', 'ddddddc'],
  ['sms-spam/sms.tsv', 'ct'],
  ['telco-churn/Telco-Customer-Churn.csv', 'Ccbbbibcccccccccbcddb'],
  ['us-births/us-births-2000-2014.csv', 'iiiii'],
  ['wine-quality-white/winequality-white.csv', 'dddddddddddi'],
]

describe('types and roles of real files', () => {
  it.each(expected)('%s', async (path, types) => {
    if (!existsSync(shared + path)) return void process.stderr.write(`${path} is absent: not tested\n`)
    const { schema } = await folder.ingestPath(shared + path)
    expect(schema.columns.map(({ type, role }) => (role === 'feature' ? LETTERS[type] : LETTERS[type].toUpperCase())).join('')).toBe(types)
  })
})
