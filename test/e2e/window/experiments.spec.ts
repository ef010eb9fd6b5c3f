import { readFile } from 'node:fs/promises'
import { callEngine, expect, open, test } from './fixture.ts'

test('runs are ranked, a second one is watched while it learns, both are compared, and one is deleted', async ({ page, host }) => {
  test.setTimeout(180_000)
  const project = host.project ?? ''
  await open(page, '/experiments')
  const board = page.getByRole('grid', { name: 'Leaderboard' })
  await expect(board.getByText('Constant guess')).toBeVisible({ timeout: 30_000 })
  await expect(board.getByText('r0001')).toBeVisible()

  const { job } = await callEngine(page, 'pipelines.run', { project, file: 'churn.yaml', set: ['train.estimator=gradient-boosting', 'train.folds=3', 'train.budget=20'] })
  await expect(board.getByText('running', { exact: true })).toBeVisible({ timeout: 30_000 })
  const learning = page.getByRole('region', { name: 'Learning curves' })
  await expect(learning.getByText('live', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(learning.getByRole('img', { name: 'Log loss by rounds' })).toBeVisible({ timeout: 60_000 })
  await expect.poll(async () => (await callEngine(page, 'activity.get', { job })).state, { timeout: 120_000 }).toBe('succeeded')

  await expect(board.getByText('r0002')).toBeVisible()
  for (const run of ['r0001', 'r0002']) await board.getByRole('row').filter({ hasText: run }).getByRole('checkbox').check()
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await expect(comparison.getByRole('heading', { name: 'Compare 2 runs' })).toBeVisible()
  await expect(comparison.getByRole('rowheader', { name: 'estimator', exact: true })).toBeVisible()

  await page.getByRole('tab', { name: 'Candidates' }).click()
  await expect(page.getByRole('grid', { name: 'Candidates' }).getByText(/^chosen/).first()).toBeVisible({ timeout: 15_000 })
  await page.getByRole('button', { name: 'Save candidates' }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Save as Parquet' }).click()])
  const saved = await readFile(await download.path(), 'latin1')
  expect([saved.slice(0, 4), saved.slice(-4)]).toEqual(['PAR1', 'PAR1'])

  await page.getByRole('tab', { name: 'All runs' }).click()
  const all = page.getByRole('grid', { name: 'All runs' })
  await all.getByText('r0001').click()
  await expect(page.getByRole('dialog', { name: 'Run r0001' }).getByText('train/model')).toBeVisible()
  await page.keyboard.press('Escape')

  await all.getByRole('row').filter({ hasText: 'r0002' }).getByRole('checkbox').uncheck()
  await page.getByRole('button', { name: 'Delete 1 run' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete run r0001?' })
  await expect(dialog.getByText('model churn@1')).toBeVisible()
  await dialog.getByRole('button', { name: /^Delete 1 run, free/ }).click()
  await expect(all.getByText('r0001')).toBeHidden({ timeout: 15_000 })
  await expect(all.getByText('r0002')).toBeVisible()
})
