import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CleaningReport } from '../../../../src/main/data/clean-dataset.ts'
import { cleanStep } from '../../../../src/main/stages/prepare/clean.ts'
import { dataSteps } from '../../stages/prepare/data-steps.ts'
import { useDataFolder } from '../data-folder.ts'

const DATA = '../shared/data'
const folder = useDataFolder()

async function clean(file: string, params: Record<string, unknown> = {}, encoding = 'utf-8', header?: string) {
  const steps = dataSteps(folder)
  const text = new TextDecoder(encoding).decode(readFileSync(`${DATA}/${file}`))
  const { data } = await steps.run(cleanStep, params, await steps.ingest(header === undefined ? text : `${header}\n${text}`))
  return { steps, data, report: (await steps.json(data, 'changes.json')) as CleaningReport }
}

describe.skipIf(!existsSync(`${DATA}/restaurant-ratings/geoplaces2.csv`))('cleaning real data (shared data is needed)', () => {
  it('brings the spellings of places together and proposes what is short for what', async () => {
    const { steps, data, report } = await clean('restaurant-ratings/geoplaces2.csv', {}, 'latin1')
    const states = new Set(await steps.cells(data, 'state'))
    expect(states).toEqual(new Set(['SLP', 'Morelos', 'San Luis Potosi', 'tamaulipas', 'mexico', null]))
    const cities = await steps.cells(data, 'city')
    expect(cities.filter((city) => city === 'San Luis Potosi')).toHaveLength(79)
    expect(new Set(cities).size).toBe(8)
    const proposed = report.findings.filter(({ kind }) => kind === 'abbreviations').map(({ message }) => message).join(' ')
    expect(proposed).toContain('"SLP" (57) for "San Luis Potosi" (24)')
    expect(proposed).toContain('"Cd. Victoria" (4) for "Ciudad Victoria" (2)')
    const merged = await clean('restaurant-ratings/geoplaces2.csv', { columns: { state: { replace: { SLP: 'San Luis Potosi', slp: 'San Luis Potosi', 'S.L.P.': 'San Luis Potosi', 's.l.p.': 'San Luis Potosi' } } } }, 'latin1')
    expect((await merged.steps.cells(merged.data, 'state')).filter((state) => state === 'San Luis Potosi')).toHaveLength(81)
  })

  it('empties the question marks of the guests and changes nothing else', async () => {
    const { data, report } = await clean('restaurant-ratings/userprofile.csv')
    expect(report.repairs).toEqual([])
    expect(data?.meta.schema.columns.find(({ name }) => name === 'smoker')?.missing).toBe(3)
    expect(report.columns.reduce((sum, { madeMissing }) => sum + madeMissing, 0)).toBe(50)
  })
})
