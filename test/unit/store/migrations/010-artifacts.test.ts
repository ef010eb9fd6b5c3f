import { expect, test } from 'vitest'
import { migratedTo, tablesOf } from './migrated.ts'

test('artifacts are unique by kind and hash', () => {
  const database = migratedTo(10)
  expect(tablesOf(database)).toEqual(['artifacts'])
  const insert = database.prepare(`INSERT INTO artifacts VALUES (?, 'h', 1, '[]', '{}', 0)`)
  insert.run('model')
  insert.run('dataset')
  expect(() => insert.run('model')).toThrow('UNIQUE')
})
