import type { DatasetDescription, DatasetEntry } from '../../../../src/shared/contract/datasets.ts'
import type { ColumnProfile } from '../../../../src/shared/domain/profile.ts'
import type { ColumnSchema } from '../../../../src/shared/domain/schema.ts'

const column = (name: string, type: ColumnSchema['type'], more: Partial<ColumnSchema> = {}): ColumnSchema => ({ name, type, role: 'feature', reason: 'every value is alike', missing: 0, distinct: 3, missingTokens: [], ...more })

/** A dataset version in a list. */
export const entry: DatasetEntry = { dataset: 'people', version: 2, hash: 'a1b2c3d4e5f6a7b8', rows: 4, columns: 3, bytes: 1200, source: '/data/people.csv', run: 'r0002', createdAt: 1_700_000_000_000 }

/** The same with all that is known of it. */
export const description: DatasetDescription = {
  ...entry,
  columns: [column('age', 'integer', { missing: 1 }), column('city', 'category', { missingTokens: ['N/A'] }), column('left', 'boolean', { distinct: 2 })],
  report: {
    file: 'people.csv', format: 'delimited', encoding: 'windows-1252', delimiter: ';', quote: '"', header: true, decimal: '.', rows: 4,
    findings: [{ kind: 'missing-token', column: 'city', message: 'In column "city", "N/A" is taken as missing.' }, { kind: 'uncertain-encoding', message: 'The file is read as windows-1252' }],
  },
  versions: [{ ...entry, changes: ['1 row more'] }, { ...entry, version: 1, rows: 3, run: 'r0001', changes: [] }],
  memory: { bytes: 2e9, budgetBytes: 1e9 },
  goal: { target: 'left', task: 'binary-classification' },
  ingest: { pipeline: null, types: {}, roles: {} },
}

/** What a column is like. */
export function profileOf(name: string, more: Partial<ColumnProfile> = {}): ColumnProfile {
  return { name, type: 'category', role: 'feature', reason: '', missing: 1, distinct: 2, distinctExact: true, numbers: null, texts: null, dates: null, top: [{ value: 'Lyon', count: 2 }, { value: 'Nice', count: 1 }], variants: 0, numberLike: 0, target: null, ...more }
}
