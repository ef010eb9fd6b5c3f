import { describe, expect, test } from 'vitest'
import { usualFields } from '../../../src/main/serving/usual-values.ts'
import { categories, numbers, schemaOf } from '../learn/columns.ts'

const day = (text: string): number => Date.parse(text)

describe('what is usual in training rows', () => {
  test('the median of numbers and moments, the most frequent text, and how often there is none', () => {
    const table = {
      rows: 4,
      columns: [numbers('age', [10, 20, 31, null]), numbers('since', [day('2024-01-01'), day('2024-01-03'), day('2024-01-02'), day('2024-01-02T12:00:00Z')]), categories('plan', ['pro', 'basic', 'basic', null])],
    }
    const inputs = [
      { schema: schemaOf('age', 'integer'), as: 'number' as const },
      { schema: schemaOf('since', 'datetime'), as: 'number' as const },
      { schema: schemaOf('plan', 'category'), as: 'category' as const },
    ]
    const { fields, examples } = usualFields(inputs, table)
    expect(fields).toMatchObject([
      { name: 'age', kind: 'number', whole: true, usual: 20, missing: 0.25 },
      { name: 'since', kind: 'moment', usual: '2024-01-02T06:00:00' },
      { name: 'plan', kind: 'choice', usual: 'basic', levels: [{ value: 'basic', share: 0.5 }, { value: 'pro', share: 0.25 }], missing: 0.25 },
    ])
    expect(examples[0]).toEqual({ age: 10, since: '2024-01-01', plan: 'pro' })
    expect(examples[3]).toEqual({ age: null, since: '2024-01-02T12:00:00', plan: null })
  })

  test('many texts are entered freely; a text of a megabyte is no usual value', () => {
    const long = 'x'.repeat(1_000_000)
    const table = { rows: 120, columns: [categories('city', Array.from({ length: 120 }, (_, i) => `city ${String(i)}`)), categories('note', Array.from({ length: 120 }, (_, i) => (i < 100 ? long : 'short')))] }
    const { fields } = usualFields([{ schema: schemaOf('city', 'category'), as: 'category' }, { schema: schemaOf('note', 'text'), as: 'category' }], table)
    expect(fields[0]).toMatchObject({ kind: 'text', moreLevels: true, levels: { length: 50 } })
    expect(fields[1]).toMatchObject({ kind: 'text', usual: 'short', levels: [] })
  })

  test('no rows and columns without a value ask for nothing that is not there', () => {
    const { fields, examples } = usualFields([{ schema: schemaOf('age', 'decimal'), as: 'number' }], { rows: 0, columns: [numbers('age', [])] })
    expect(fields).toMatchObject([{ usual: null, low: null, high: null, missing: 0 }])
    expect(examples).toEqual([])
  })
})
