import { describe, expect, it } from 'vitest'
import { readGrouped, readSelected, readSorted, readTogether, type ReadNumbers } from '../../../../src/main/data/profile/read-numbers.ts'
import { openRelation } from '../../../../src/main/data/profile/relation.ts'
import { useDataFolder } from '../data-folder.ts'

const folder = useDataFolder()

describe('the ways to read a column of numbers', () => {
  it('give the same profile, be it read whole, grouped, selected from or sorted', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `${i % 11 === 0 ? '' : (Math.sin(i) * 1000).toFixed(2)},${i % 97 === 0 ? 'NA' : (i * 7919) % 301},${i === 5 ? 1e9 : i / 7}`)
    const { parquet, schema } = await folder.ingest(`raw,cells,x\n${rows.join('\n')}\n`)
    const relation = await openRelation(folder.engine, parquet, schema)
    const together = await readTogether(relation, relation.columns)
    const selected = await readSelected(relation, relation.columns, 'full')
    for (const [index, column] of relation.columns.entries()) {
      const expected = together[index]
      for (const found of [await readGrouped(relation, column), await readSorted(relation, column), selected[index] as ReadNumbers]) {
        expect(found.distinct).toBe(expected?.distinct)
        const { mean, deviation, skew, kurtosis, ...exact } = found.profile
        expect(expected?.profile).toMatchObject(exact)
        expect([mean, deviation, skew, kurtosis].map((value) => value?.toPrecision(9))).toEqual(
          [expected?.profile.mean, expected?.profile.deviation, expected?.profile.skew, expected?.profile.kurtosis].map((value) => value?.toPrecision(9)),
        )
      }
    }
  })
})
