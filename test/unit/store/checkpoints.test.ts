import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkpointBytes, removeCheckpoints, sweepCheckpoints } from '../../../src/main/store/checkpoints.ts'
import { collectGarbage } from '../../../src/main/store/garbage.ts'
import { openProject } from '../../../src/main/store/project.ts'
import { temporaryProject } from './temporary-project.ts'

const DAY = 86_400_000
const NOW = 1_800_000_000_000

let made: Awaited<ReturnType<typeof temporaryProject>>
let folder: string
beforeEach(async () => {
  made = await temporaryProject()
  folder = made.project.path
})
afterEach(() => made.dispose())

async function checkpoint(key: string, daysAgo: number, bytes = 10): Promise<void> {
  const at = (NOW - daysAgo * DAY) / 1000
  await mkdir(join(folder, 'checkpoints', key), { recursive: true })
  await writeFile(join(folder, 'checkpoints', key, 'a.checkpoint'), 'x'.repeat(bytes))
  for (const path of [join(folder, 'checkpoints', key, 'a.checkpoint'), join(folder, 'checkpoints', key)]) await utimes(path, at, at)
}
const kept = async (): Promise<string[]> => (await readdir(join(folder, 'checkpoints'))).toSorted()

test('checkpoints are counted, and removed by the key of their step', async () => {
  expect(await checkpointBytes(folder)).toBe(0)
  await checkpoint('a', 0, 100)
  await checkpoint('b', 0, 23)
  expect(await checkpointBytes(folder)).toBe(123)
  await removeCheckpoints(folder, 'a')
  await removeCheckpoints(folder, 'never there')
  expect(await kept()).toEqual(['b'])
})

test('those that nobody came back to for two weeks go, and those of steps that are not known', async () => {
  for (const [key, days] of [['today', 0], ['last week', 7], ['last month', 30], ['unknown', 0]] as const) await checkpoint(key, days)
  expect(await sweepCheckpoints(folder, NOW, (key) => key !== 'unknown')).toBe(20)
  expect(await kept()).toEqual(['last week', 'today'])
})

test('opening a project removes old ones, and deleting runs those that no run has', async () => {
  for (const [key, days] of [['last week', 7], ['last month', 30]] as const) await checkpoint(key, days)
  const opened = await openProject(folder, { clock: { now: () => NOW, monotonic: () => 0, processor: () => 0 } })
  expect(await kept()).toEqual(['last week'])
  const freed = await collectGarbage(opened)
  expect(freed).toMatchObject({ artifacts: 0, bytes: 10 })
  expect(await kept()).toEqual([])
  opened.close()
})
