import { expect, test } from 'vitest'
import { migratedTo, tablesOf } from './migrated.ts'

test('one hash per path', () => {
  const database = migratedTo(40)
  expect(tablesOf(database)).toContain('sources')
  const insert = database.prepare(`INSERT INTO sources VALUES ('/a', 1, 1.5, 1.5, '7', 'h')`)
  insert.run()
  expect(() => insert.run()).toThrow('UNIQUE')
})
