import { expect, it } from 'vitest'
import { targetCandidates } from '../../../src/main/data/target-candidates.ts'
import { schemaOf } from './data-folder.ts'

it('proposes the likeliest column to predict first, with its task', () => {
  const columns = [
    schemaOf('customer_id', 'category', { role: 'identifier', distinct: 500 }),
    schemaOf('age', 'integer', { distinct: 60 }),
    schemaOf('plan', 'category', { distinct: 3 }),
    schemaOf('note', 'text', { distinct: 490 }),
    schemaOf('joined', 'datetime', { distinct: 300 }),
    schemaOf('constant', 'category', { distinct: 1 }),
    schemaOf('churned', 'boolean', { distinct: 2 }),
  ]
  expect(targetCandidates(columns, 500).map(({ column, task }) => [column, task])).toEqual([
    ['churned', 'binary-classification'],
    ['plan', 'multiclass-classification'],
    ['age', 'regression'],
  ])
  expect(targetCandidates(columns, 500)[0]?.reason).toBe('named like an outcome, the last column, 2 classes')
  expect(targetCandidates([schemaOf('size', 'decimal', { distinct: 400 }), schemaOf('price', 'decimal', { distinct: 400 }), schemaOf('garden', 'boolean', { distinct: 2, missing: 4 })], 500)[0]).toMatchObject({ column: 'price', task: 'regression' })
})
