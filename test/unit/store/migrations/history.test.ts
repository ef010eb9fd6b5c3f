import { expect, test } from 'vitest'
import { migrations } from '../../../../src/main/store/migrations/index.ts'
import { migratedTo } from './migrated.ts'

test('migrations are numbered by tens, in order, and applied once', () => {
  expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => (index + 1) * 10))
  const database = migratedTo(1000)
  expect(database.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version)
})
