import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DatasetProfile } from '#shared/domain/profile.ts'
import { profileDataset } from '../../../../src/main/data/profile/profile-dataset.ts'
import { openRelation } from '../../../../src/main/data/profile/relation.ts'
import { compareByQuery } from '../../../../src/main/data/profile/twins-by-query.ts'
import { readCodedCells } from '../../../../src/main/data/profile/coded-cells.ts'
import { compareCells } from '../../../../src/main/data/profile/twins-in-memory.ts'
import { useDataFolder } from '../data-folder.ts'
import { wideTable } from '../wide-cells.ts'

const folder = useDataFolder()
let profiled = 0

async function profile(csv: string, target: string): Promise<DatasetProfile> {
  const { parquet, schema } = await folder.ingest(csv)
  const scratchFolder = join(folder.path, `scratch ${String(profiled++)}`)
  await mkdir(scratchFolder)
  return profileDataset(folder.engine, parquet, schema, { level: 'full', asOf: Date.parse('2026-01-01'), scratchFolder, target })
}

describe('a table of 520 columns', { timeout: 120_000 }, () => {
  it('has columns as they are in a narrow table', async () => {
    const wide = await profile(wideTable(80, Array.from({ length: 520 }, (_, i) => i)), 'c0')
    const some = [0, 1, 2, 3, 4, 5, 299, 300, 518, 519]
    const narrow = await profile(wideTable(80, some), 'c0')
    expect(wide.columns).toHaveLength(520)
    expect(some.map((i) => wide.columns[i])).toEqual(narrow.columns)
    expect(wide.repeatedRows).toBe(0)
    expect(wide.associations?.columns).toHaveLength(40)
  })

  it('has its repeated rows counted', async () => {
    const lines = wideTable(60, Array.from({ length: 520 }, (_, i) => i)).trimEnd().split('\n')
    const { repeatedRows } = await profile([...lines, lines[5], lines[6], lines[6], `${lines[7] ?? ''}9`, ''].join('\n'), 'c0')
    expect(repeatedRows).toBe(3)
  })
})

describe('columns that say the same', () => {
  it('are found alike in memory and by queries', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [i % 7, i % 7, 3 - 2 * (i % 7), 'abcdefg'[i % 7], i % 7 === 0 ? '' : i % 7, 'gfedcbb'[i % 7], 7 - (i % 7) + (i === 50 ? 1 : 0)])
    const csv = `a,same,line,name,gaps,other,nearly\n${rows.map((row) => row.join(',')).join('\n')}\n`
    const { parquet, schema } = await folder.ingest(csv)
    const { columns } = await profile(csv, 'a')
    const relation = await openRelation(folder.engine, parquet, schema)
    const cells = await readCodedCells([relation], new Set(schema.columns.map(({ name }) => name)), () => undefined)
    const side = (index: number) => {
      const [profileOf, codedOf] = [columns[index], cells.get(columns[index]?.name ?? '')]
      if (profileOf === undefined || codedOf === undefined) throw new Error('no column')
      return { profile: profileOf, cells: codedOf }
    }
    const found: (string | undefined)[] = []
    for (let i = 0; i < columns.length; i++) {
      for (let j = i + 1; j < columns.length; j++) {
        const inMemory = compareCells(side(i), side(j))
        expect(inMemory).toEqual(await compareByQuery(relation, side(i).profile, side(j).profile))
        if (i === 0) found.push(inMemory?.how)
      }
    }
    expect(found).toEqual(['same', 'linear', 'renamed', undefined, undefined, undefined])
  })
})
