import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DatasetProfile } from '#shared/domain/profile.ts'
import { profileDataset, type ProfileOptions } from '../../../../src/main/data/profile/profile-dataset.ts'
import { failure, useDataFolder } from '../data-folder.ts'

const folder = useDataFolder()
let scratch = 0

async function profile(rows: readonly (readonly (string | number)[])[], options: Partial<ProfileOptions> = {}): Promise<DatasetProfile> {
  const { parquet, schema } = await folder.ingest(`${rows.map((row) => row.join(',')).join('\n')}\n`)
  return profileDataset(folder.engine, parquet, schema, { level: 'full', asOf: Date.parse('2026-06-30T12:00:00Z'), scratchFolder: await scratchFolder(), ...options })
}

async function scratchFolder(): Promise<string> {
  const path = join(folder.path, `scratch ${scratch++}`)
  await mkdir(path)
  return path
}

/** Kinds of findings with their columns, e.g. `target-leak: reason`. */
const kinds = ({ findings }: DatasetProfile): string[] => findings.map(({ kind, columns }) => `${kind}: ${columns.join(' ')}`.trim())
const noise = (i: number): number => Math.round(((Math.imul(i + 1, 2_654_435_769) >>> 0) / 2 ** 32) * 1e6) / 1e3
const numbered = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

describe('target leaks', () => {
  const churned = (i: number): boolean => noise(i * 7) < 300

  it('finds what is filled in only afterwards, what copies the target, and lets honest columns be', async () => {
    const found = await profile(
      [
        ['age', 'churn_reason', 'closed_on', 'score', 'churned'],
        ...numbered(600, (i) => {
          const yes = churned(i)
          const closed = yes && i % 3 === 0 ? `2024-03-${String(1 + (i % 28)).padStart(2, '0')}` : ''
          return [20 + (i % 50), yes ? ['price', 'service', 'moved'][i % 3] ?? '' : '', closed, yes ? 900 + noise(i) : noise(i), yes ? 'yes' : 'no']
        }),
      ],
      { target: 'churned' },
    )
    expect(kinds(found).filter((kind) => kind.startsWith('target-leak')).toSorted()).toEqual(['target-leak: churn_reason', 'target-leak: closed_on', 'target-leak: score'])
    expect(found.findings[0]).toMatchObject({ severity: 'danger' })
    expect(found.columns.find(({ name }) => name === 'age')?.target?.value).toBeLessThan(0.65)
  })

  it('finds the target under another name and as a straight line of itself', async () => {
    const found = await profile([['x', 'price', 'price_eur', 'again'], ...numbered(200, (i) => [noise(i), noise(i * 3), Number((noise(i * 3) * 2 + 5).toFixed(3)), noise(i * 3)])], { target: 'price' })
    expect(kinds(found)).toEqual(['target-leak: price_eur', 'target-leak: again'])
    expect(found.findings[0]?.message).toContain('2 × "price" + 5')
  })

  it('names the target that does not exist with the nearest', async () => {
    expect((await failure(profile([['alpha', 'b'], [1, 2], [2, 3]], { target: 'alhpa' }))).message).toContain('Did you mean "alpha"?')
  })
})

describe('findings about columns and rows', () => {
  it('fire where they should', async () => {
    const found = await profile([
      ['id', 'same', 'nearly', 'code', 'name', 'temp', 'length', 'city', 'mixed', 'day', 'ratio'],
      ...numbered(400, (i) => [
        `K${1000 + i}`,
        'x',
        i === 7 ? 'b' : 'a',
        ['1', '2', '3', '4'][i % 4] ?? '',
        ['one', 'two', 'three', 'four'][i % 4] ?? '',
        i % 40 === 0 ? -200 : 15 + noise(i) / 100,
        i === 11 ? 171_000 : 150 + noise(i * 5) / 20,
        ['Lyon', 'LYON', 'Paris', 'Nice'][(i * 7) % 4] ?? '',
        i % 10 === 0 ? 'none given' : String(noise(i * 11)),
        i % 50 === 0 ? '1900-01-01' : i === 3 ? '2031-05-05' : `2025-0${1 + (i % 9)}-1${i % 10}`,
        noise(i * 13),
      ]),
    ])
    const all = kinds(found)
    for (const kind of ['identifier: id', 'constant-column: same', 'nearly-constant: nearly', 'duplicate-columns: code name', 'sentinel: temp', 'outliers: length', 'category-variants: city', 'mixed-types: mixed', 'placeholder-dates: day', 'future-dates: day']) {
      expect(all).toContain(kind)
    }
    expect(all.some((kind) => kind.endsWith(': ratio'))).toBe(false)
  })

  it('counts repeated rows exactly, and rows, groups and times that two datasets share', async () => {
    const header = ['who', 'when', 'x']
    const rows = numbered(100, (i) => [`P${i % 25}`, `2025-01-${String(1 + (i % 28)).padStart(2, '0')}`, noise(i)])
    const { parquet, schema } = await folder.ingest(`${[header, ...rows.slice(0, 10), ...rows.slice(20, 60).map(([, when, x]) => ['other', when, x])].map((row) => row.join(',')).join('\n')}\n`)
    const found = await profile([header, ...rows, ...rows.slice(0, 5)], { compare: { parquet, schema, group: 'who', time: 'when' } })
    expect(found.repeatedRows).toBe(5)
    expect(found.overlap).toMatchObject({ rows: 50, shared: 10, groups: { shared: 10, there: 11 } })
    expect(kinds(found)).toEqual(expect.arrayContaining(['train-test-overlap:', 'group-overlap: who', 'time-overlap: when']))
  })

  it('tells which cells are missing together, and that they depend on the target', async () => {
    const rows = numbered(300, (i) => {
      const sick = i % 3 === 0
      const gone = sick ? i % 2 === 0 : i % 20 === 0
      return [gone ? '' : noise(i), gone ? '' : noise(i * 3), noise(i * 7), sick ? 'sick' : 'well']
    })
    const found = await profile([['a', 'b', 'c', 'state'], ...rows], { target: 'state' })
    expect(found.missing).toMatchObject({ columns: ['a', 'b'], patterns: [{ missing: [0, 1] }] })
    expect(found.missing?.together[0]?.[1]).toBe(found.columns[0]?.missing)
    expect(kinds(found)).toEqual(expect.arrayContaining(['missing-depends: a', 'missing-depends: b']))
  })

  it('measures associations of numbers, categories and both', async () => {
    const found = await profile([['x', 'y', 'g', 'h'], ...numbered(200, (i) => [noise(i), Number((noise(i) ** 3 / 1e6).toFixed(3)), i % 2 === 0 ? 'a' : 'b', i % 2 === 0 ? 'c' : i % 4 === 1 ? 'd' : 'e'])])
    const at = (a: string, b: string): number => found.associations?.association[found.associations.columns.indexOf(a)]?.[found.associations.columns.indexOf(b)] ?? Number.NaN
    expect(at('x', 'y')).toBe(1)
    expect(at('g', 'h')).toBeGreaterThan(0.99)
    expect(at('x', 'g')).toBeLessThan(0.2)
  })
})

describe('tables that are hard to profile', () => {
  it('have one row, columns without values, years 0 and 9999, names that are markup', async () => {
    const one = await profile([['a', '<script>alert(1)</script>'], [1, 'x']])
    expect(one).toMatchObject({ rows: 1, repeatedRows: 0, columns: [{ distinct: 1 }, { distinct: 1 }] })
    const odd = await profile([['empty', 'when', 'v'], ...numbered(40, (i) => ['', i === 0 ? '9999-12-31' : i === 1 ? '0001-01-01' : `2024-01-${String(1 + (i % 28)).padStart(2, '0')}`, i])])
    expect(kinds(odd)).toEqual(expect.arrayContaining(['empty-column: empty', 'placeholder-dates: when']))
  })

  it('have NaN and infinite doubles, or no rows', async () => {
    const path = join(folder.path, 'odd.parquet')
    await folder.engine.run(`COPY (SELECT CASE WHEN i % 10 = 0 THEN 'NaN'::DOUBLE WHEN i % 10 = 1 THEN 'Infinity'::DOUBLE ELSE i END AS d FROM range(100) t(i)) TO '${path}' (FORMAT parquet)`)
    const schema = { columns: [{ name: 'd', type: 'decimal' as const, role: 'feature' as const, reason: '', missing: 0, distinct: 100, missingTokens: [] }] }
    const options = { level: 'full' as const, asOf: 0, scratchFolder: await scratchFolder() }
    expect(await profileDataset(folder.engine, path, schema, options)).toMatchObject({ columns: [{ missing: 10, distinct: 80, numbers: { values: 80, infinite: 10 } }] })
    const none = join(folder.path, 'none.parquet')
    await folder.engine.run(`COPY (SELECT 1.5::DOUBLE AS d WHERE false) TO '${none}' (FORMAT parquet)`)
    expect(await profileDataset(folder.engine, none, schema, { ...options, target: 'd' })).toMatchObject({ rows: 0, columns: [{ distinct: 0 }], findings: [] })
  })

  it('are sampled only where asked, and then say so', async () => {
    const found = await profile([['x'], ...numbered(5000, (i) => [noise(i)])], { sample: 500 })
    expect(found.sample).toEqual({ rows: found.rows, of: 5000 })
    expect(Math.abs(found.rows - 500)).toBeLessThan(5)
  })
})
