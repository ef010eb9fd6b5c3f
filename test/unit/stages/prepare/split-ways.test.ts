import { describe, expect, it } from 'vitest'
import type { Goal } from '#shared/domain/task.ts'
import { sha256File } from '../../../../src/main/base/hash.ts'
import { splitStep } from '../../../../src/main/stages/prepare/split.ts'
import { failure, useDataFolder } from '../../data/data-folder.ts'
import { dataSteps } from './data-steps.ts'

const folder = useDataFolder()
const goal: Goal = { task: 'binary-classification', target: 'y', positive: 'a' }

/** 40 patients of 1 to 8 visits; the target depends on the patient. */
const patients = `patient,visit,y\n${Array.from({ length: 40 }, (_, p) => Array.from({ length: 1 + (p % 8) }, (__, v) => `p${p},${p * 10 + v},${p % 4 === 0 ? 'a' : 'b'}`)).flat().join('\n')}\n`
/** 100 days of 2024 in shuffled order, each twice. */
const days = `when,x\n${Array.from({ length: 200 }, (_, i) => `${new Date(Date.UTC(2024, 0, 1 + ((i * 37) % 100))).toISOString().slice(0, 10)},${i}`).join('\n')}\n`

async function split(text: string, params: Record<string, unknown>, wanted?: Goal) {
  const steps = dataSteps(folder, wanted)
  const sides = await steps.run(splitStep, params, await steps.ingest(text))
  const { train, test, validation } = sides
  return { steps, outputs: Object.keys(sides), train, test, validation, cells: (side: string, column: string) => steps.cells(sides[side], column) }
}

function sorted(cells: readonly (string | null)[]): string[] {
  return cells.flatMap((cell) => cell ?? []).toSorted()
}

/** One after the other: the steps share one DuckDB, as the steps of a worker do. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await work(item))
  return results
}

function shareOf(cells: readonly (string | null)[], value: string): number {
  return cells.filter((cell) => cell === value).length / cells.length
}

describe('prepare/split by group', () => {
  it('keeps groups whole, with about the share of rows and the proportions of classes', async () => {
    const { train, test, cells, steps } = await split(patients, { group: 'patient', test: 0.25 }, goal)
    const [left, right] = [new Set(await cells('train', 'patient')), new Set(await cells('test', 'patient'))]
    expect([...left].filter((patient) => right.has(patient))).toEqual([])
    expect(left.size + right.size).toBe(40)
    const rows = (train?.meta.rows ?? 0) + (test?.meta.rows ?? 0)
    expect((test?.meta.rows ?? 0) / rows).toBeCloseTo(0.25, 1)
    expect(Math.abs(shareOf(await cells('test', 'y'), 'a') - shareOf(await cells('train', 'y'), 'a'))).toBeLessThan(0.06)
    expect(test?.meta).toMatchObject({ split: { group: 'patient' }, schema: { columns: [{ name: 'patient', role: 'ignore' }, {}, {}] } })
    expect(steps.log.at(-1)).toContain('40 groups of "patient" each on one side')
    expect(await steps.json(test, 'split.json')).toMatchObject({ method: 'group', group: 'patient', overlap: 0 })
  })

  it('makes K folds that hold every group once', async () => {
    const seen = []
    for (const fold of [1, 2, 3, 4]) seen.push(...new Set(await (await split(patients, { group: 'patient', folds: 4, fold }, goal)).cells('test', 'patient')))
    expect(sorted(seen)).toEqual(sorted(Array.from({ length: 40 }, (_, p) => `p${p}`)))
  })

  it('keeps rows without a group together, and says so', async () => {
    const { cells, steps } = await split(`g,x\n${Array.from({ length: 60 }, (_, i) => `${i % 3 === 0 ? '' : `g${i % 7}`},${i}`).join('\n')}\n`, { group: 'g' })
    const without = (await Promise.all(['train', 'test'].map((side) => cells(side, 'g')))).filter((side) => side.includes(null))
    expect(without).toHaveLength(1)
    expect(steps.log.join('\n')).toContain('20 rows have no value in "g"')
  })

  it('refuses a single group and a column that is not there', async () => {
    expect(await failure(split('g,x\na,1\na,2\na,3\n', { group: 'g' }))).toMatchObject({ headline: 'All rows are one group of "g"' })
    expect(await failure(split(patients, { group: 'pateint' }))).toMatchObject({ code: 'invalid-parameter', message: expect.stringContaining('Did you mean "patient"?') })
  })
})

describe('prepare/split by time', () => {
  it('tests on the latest rows, keeps a day on one side, and leaves out the gap', async () => {
    const { cells, train, test } = await split(days, { time: 'when', test: 0.2 })
    const [before, after] = [sorted(await cells('train', 'when')), sorted(await cells('test', 'when'))]
    expect([train?.meta.rows, test?.meta.rows]).toEqual([160, 40])
    expect((before.at(-1) ?? '') < (after[0] ?? '')).toBe(true)
    const gapped = await split(days, { time: 'when', test: 0.2, gap: '7d' })
    expect([gapped.train?.meta.rows, gapped.test?.meta.rows]).toEqual([146, 40])
    expect(gapped.steps.log.at(-1)).toContain('14 rows left out')
    expect(sorted(await gapped.cells('train', 'when')).at(-1)).toBe('2024-03-13')
  })

  it('holds out a validation part between training and testing', async () => {
    const { cells } = await split(days, { time: 'when', test: 0.2, validation: 0.1 })
    const [train, validation, test] = await Promise.all(['train', 'validation', 'test'].map(async (side) => sorted(await cells(side, 'when'))))
    expect([train?.length, validation?.length, test?.length]).toEqual([140, 20, 40])
    expect((train?.at(-1) ?? '') < (validation?.[0] ?? '') && (validation?.at(-1) ?? '') < (test?.[0] ?? '')).toBe(true)
  })

  it('makes folds that train on what came before', async () => {
    const folds = await inTurn([1, 2, 3], (fold) => split(days, { time: 'when', folds: 3, fold }))
    expect(folds.map(({ train, test }) => [train?.meta.rows, test?.meta.rows])).toEqual([[50, 50], [100, 50], [150, 50]])
  })

  it('orders by numbers, and keeps rows without a moment for training', async () => {
    const { cells, steps } = await split('t,x\n5,a\n1,b\n,c\n4,d\n2,e\n3,f\n', { time: 't', test: 0.4 })
    expect(await cells('test', 'x')).toEqual(['a', 'd'])
    expect(await cells('train', 'x')).toEqual(['b', 'c', 'e', 'f'])
    expect(steps.log.join('\n')).toContain('1 rows have no value in "t"')
  })

  it.each<readonly [string, string, Record<string, unknown>, object]>([
    ['text', 't,x\na,1\nb,2\nc,3\n', { time: 't' }, { headline: 'The column "t" has no order in time' }],
    ['one moment only', 't,x\n3,1\n3,2\n3,3\n', { time: 't' }, { headline: expect.stringContaining('too few different values') }],
    ['a gap without a unit among dates', days, { time: 'when', gap: 7 }, { headline: 'The gap needs a unit' }],
    ['a gap with a unit among numbers', 't,x\n1,1\n2,2\n3,3\n', { time: 't', gap: '7d' }, { headline: 'The gap cannot have a unit here' }],
    ['a gap that leaves nothing', days, { time: 'when', gap: '999d' }, { headline: 'No row is left for training' }],
  ])('refuses %s', async (_what, text, params, expected) => {
    expect(await failure(split(text, params))).toMatchObject(expected)
  })

  it('refuses a column that is empty in every row', async () => {
    const steps = dataSteps(folder)
    const text = 't,x\n,1\n,2\n,3\n'
    expect(await failure(steps.run(splitStep, { time: 't' }, await steps.ingest(text, { types: { t: 'integer' } })))).toMatchObject({ headline: 'No row has a value in "t"' })
  })
})

describe('prepare/split by a column', () => {
  it('puts rows where the column says', async () => {
    const { cells, validation, train } = await split('part,x\ntrain,1\nTEST,2\nval,3\nTraining,4\ntest,5\n', { column: 'part' })
    expect(await cells('train', 'x')).toEqual(['1', '4'])
    expect(await cells('test', 'x')).toEqual(['2', '5'])
    expect(validation?.meta.rows).toBe(1)
    expect(train?.meta.schema.columns[0]).toMatchObject({ name: 'part', role: 'ignore' })
  })

  it('refuses other words, empty cells, and a side without rows', async () => {
    expect(await failure(split('part,x\ntrain,1\ntest,2\nother,3\n,4\n', { column: 'part' }))).toMatchObject({ message: expect.stringMatching(/no value \(1 row\).*"other" \(1 row\)|"other" \(1 row\).*no value \(1 row\)/) })
    expect(await failure(split('part,x\ntrain,1\nval,2\ntrain,3\n', { column: 'part' }))).toMatchObject({ headline: 'No row of "part" says test' })
  })
})

describe('prepare/split in folds and parts', () => {
  const text = `x,y\n${Array.from({ length: 100 }, (_, i) => `${i},${i % 5 === 0 ? 'a' : 'b'}`).join('\n')}\n`

  it('makes K folds, again and again, that hold every row once, with the proportions of classes', async () => {
    for (const repeat of [0, 1]) {
      const parts = await inTurn([1, 2, 3, 4, 5], (fold) => split(text, { folds: 5, repeats: 2, fold: repeat * 5 + fold }, goal))
      const rows = await inTurn(parts, ({ cells }) => cells('test', 'x'))
      expect(rows.flat().map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i))
      for (const { cells } of parts) expect(shareOf(await cells('test', 'y'), 'a')).toBe(0.2)
    }
    const [first, second] = await inTurn([1, 6], (fold) => split(text, { folds: 5, repeats: 2, fold }, goal))
    expect(await first?.cells('test', 'x')).not.toEqual(await second?.cells('test', 'x'))
  })

  it('holds out a validation part without changing the test rows', async () => {
    const [plain, three] = [await split(text, {}, goal), await split(text, { validation: 0.15 }, goal)]
    expect(await sha256File(`${three.test?.path}/data.parquet`)).toBe(await sha256File(`${plain.test?.path}/data.parquet`))
    expect([three.train?.meta.rows, three.validation?.meta.rows, three.test?.meta.rows]).toEqual([60, 15, 25])
    expect(shareOf(await three.cells('validation', 'y'), 'a')).toBe(0.2)
    expect(plain.outputs.toSorted()).toEqual(['test', 'train'])
  })

  it('tells test rows that stand among the training rows too', async () => {
    const { steps, test } = await split(`a,b\n${Array.from({ length: 40 }, (_, i) => `${i % 2},${i % 4}`).join('\n')}\n`, {})
    expect(await steps.json(test, 'split.json')).toMatchObject({ method: 'random', overlap: 10 })
    expect(steps.log.join('\n')).toContain('10 of 10 test rows stand among the training rows too')
  })

  it.each([
    [{ group: 'x', time: 'y' }, 'split by one column'],
    [{ test: 0.6, validation: 0.5 }, 'nothing for training'],
    [{ gap: 3 }, 'a gap needs time'],
    [{ fold: 2 }, 'say into how many folds'],
    [{ folds: 3, fold: 4 }, 'there are 3 folds in all'],
    [{ time: 'x', folds: 3, repeats: 2 }, 'cannot be dealt out anew'],
  ])('refuses parameters that do not go together: %j', (params, message) => {
    expect(splitStep.params.safeParse(params).error?.issues.map((issue) => issue.message).join(' ')).toContain(message)
  })
})
