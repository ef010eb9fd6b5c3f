import { expect, it } from 'vitest'
import { versionChanges } from '../../../src/main/services/version-changes.ts'
import { schemaOf } from '../data/data-folder.ts'

it('says what a version has that the one before had not', () => {
  const before = { rows: 1000, source: '/a.csv', columns: [schemaOf('id', 'integer'), schemaOf('zip', 'integer'), schemaOf('old', 'text')] }
  const after = { rows: 1200, source: '/b.csv', columns: [schemaOf('id', 'integer', { role: 'identifier' }), schemaOf('zip', 'category', { missing: 3 }), schemaOf('new', 'text')] }
  expect(versionChanges(undefined, after)).toEqual([])
  expect(versionChanges(after, after)).toEqual([])
  expect(versionChanges(before, after)).toEqual([
    '200 rows more',
    '1 column more: new',
    '1 column fewer: old',
    '1 type changed: zip integer → category',
    '1 role changed: id feature → identifier',
    'missing cells changed in 1 column: zip 0 → 3',
    'from /b.csv',
  ])
})
