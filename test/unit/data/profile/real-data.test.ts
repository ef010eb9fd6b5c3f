import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { DatasetProfile } from '#shared/domain/profile.ts'
import { profileDataset } from '../../../../src/main/data/profile/profile-dataset.ts'
import { useDataFolder } from '../data-folder.ts'

const shared = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const folder = useDataFolder()

async function profile(file: string, target: string, options = {}): Promise<DatasetProfile> {
  const { parquet, schema } = await folder.ingestPath(join(shared, file), options)
  const scratchFolder = join(folder.path, `scratch ${target}`)
  await mkdir(scratchFolder)
  return profileDataset(folder.engine, parquet, schema, { level: 'full', asOf: Date.parse('2026-01-01'), scratchFolder, target })
}

describe.skipIf(!existsSync(shared))('real tables (skipped where ../shared/data is absent)', { timeout: 120_000 }, () => {
  it('of customers: the key is known, nothing cries wolf', async () => {
    const { findings } = await profile('telco-churn/Telco-Customer-Churn.csv', 'Churn')
    expect(findings.map(({ kind, columns }) => [kind, ...columns])).toEqual([['identifier', 'customerID']])
  })

  it('of air: −200 stands for "no value" in every sensor, and no sensor is a leak', async () => {
    const { findings } = await profile('formats/airquality.csv', 'AH')
    expect(findings.find(({ kind }) => kind === 'sentinel')?.columns).toHaveLength(13)
    expect(findings.some(({ kind }) => kind === 'target-leak')).toBe(false)
  })

  it('of horses: gaps are told together, and which depend on the target', async () => {
    const { findings, missing } = await profile('horse-colic/horse-colic.csv', 'column_28', { header: false })
    expect(findings.some(({ severity }) => severity === 'danger')).toBe(false)
    expect(findings.length).toBeLessThan(12)
    expect(missing?.columns.length).toBeGreaterThan(15)
  })

  it('of incomes: the code and the name of the education are one column, 99999 is no capital gain', async () => {
    const { findings } = await profile('adult/adult-train.csv', 'column_15', { header: false })
    expect(findings.map(({ kind }) => kind)).toEqual(['duplicate-columns', 'sentinel', 'repeated-rows'])
  })
})
