import { execFile } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from '@playwright/test'
import { checkAccessibility, expect, open, test } from './fixture.ts'

const small = `# three quick steps
name: NAME
steps:
  - { id: ingest, uses: ingest/file, with: { path: data/customers.csv } }
  - { id: clean, uses: prepare/clean }
  - { id: split, uses: prepare/split, with: { test: 0.25 } } # a quarter
`

/** The thread that reads pipelines starts with the first. */
const patient = { timeout: 30_000 }

const root = join(import.meta.dirname, '../../..')
const step = (page: Page, key: string): Locator => page.locator(`[data-step="${key}"]`)
const text = (page: Page): Locator => page.locator('.cm-content')

/** Writes a pipeline of three quick steps and opens it. */
async function openSmall(page: Page, project: string | undefined, name: string): Promise<string> {
  const file = join(project ?? '', `${name}.yaml`)
  writeFileSync(file, small.replace('NAME', name))
  await open(page, `/pipeline?file=${name}.yaml`)
  await expect(step(page, 'split')).toBeVisible(patient)
  return file
}

test('shows the sample as a graph with what its run came to, beside its text', async ({ page }) => {
  await open(page, '/pipeline?file=churn.yaml')
  await expect(page.getByRole('heading', { level: 1, name: 'churn' })).toBeVisible(patient)
  await expect(step(page, 'train')).toBeVisible(patient)
  for (const key of ['ingest', 'clean', 'split', 'features', 'train', 'evaluate', 'deploy']) await expect(step(page, key)).toContainText(/ran|reused/)
  await expect(page.getByText('r0001 · succeeded')).toBeVisible()
  await expect(text(page)).toContainText('uses: train/model')
  await checkAccessibility(page)

  await step(page, 'train').click()
  await expect(page.getByRole('combobox', { name: 'Estimator' })).toBeVisible()
  await expect(page.locator('.cm-markedLine').first()).toContainText('id: train')
  await page.getByRole('tab', { name: 'Log' }).click()
  await expect(page.getByRole('log')).toContainText('Chosen:')
  await page.getByRole('tab', { name: 'In and out' }).click()
  await expect(page.getByText('recipe from features')).toBeVisible()
  await page.getByRole('link', { name: 'Open model churn v1' }).click()
  await expect(page).toHaveURL(/\/model\?run=r0001/)
})

test('is edited in the graph, in its form and as YAML: one text, one undo', { tag: '@desktop' }, async ({ page, project }) => {
  const file = await openSmall(page, project, 'edited')
  const before = readFileSync(file, 'utf8')

  await step(page, 'split').click()
  await page.getByLabel('Test', { exact: true }).fill('0.3')
  await expect(text(page)).toContainText('with: { test: 0.3 } } # a quarter')
  await expect(page.getByText('not saved').first()).toBeVisible()

  await page.getByText('edited.yaml').first().press('Escape')
  await step(page, 'clean').focus()
  await page.keyboard.press('a')
  await page.getByRole('textbox', { name: 'Find a step kind' }).fill('profile')
  await page.keyboard.press('Enter')
  await expect(step(page, 'profile')).toBeVisible()
  await expect(text(page)).toContainText('id: profile')

  await text(page).getByText('a quarter').click()
  await page.keyboard.press('End')
  await page.keyboard.type(', a third')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('not saved')).toHaveCount(0)
  const after = readFileSync(file, 'utf8')
  expect(after).toContain('# three quick steps')
  expect(after).toContain('test: 0.3')
  expect(after).toContain('# a quarter, a third')
  expect(after).toContain('uses: prepare/profile')

  for (let undo = 0; undo < 3; undo++) await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(text(page)).toContainText('test: 0.25')
  await expect(step(page, 'profile')).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled()
  await page.keyboard.press('Control+s')
  await expect.poll(() => readFileSync(file, 'utf8')).toBe(before)
})

test('is walked and changed by keys alone', async ({ page, host }) => {
  await openSmall(page, host.project, 'keys')
  await step(page, 'ingest').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(step(page, 'split')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(step(page, 'split')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Delete')
  await expect(step(page, 'clean')).toHaveCount(0)
  await expect(step(page, 'split')).toHaveAccessibleName(/after ingest/)
  await page.keyboard.press('Control+z')
  await expect(step(page, 'clean')).toBeVisible()
})

test('keeps text and graph while the YAML cannot be read', async ({ page, host }) => {
  const file = await openSmall(page, host.project, 'invalid')
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('  - { id: more, uses:')
  await page.keyboard.press('Delete')
  await expect(page.getByText('The graph shows the last text that could be read.')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Problems' })).toBeVisible()
  await expect(step(page, 'split')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled()
  await checkAccessibility(page)
  // Elsewhere and back: nothing is lost.
  await page.getByRole('link', { name: 'Home' }).click()
  await page.goBack()
  await expect(text(page)).toContainText('id: more, uses:')
  await text(page).click()
  // Slow typing is undone in several steps.
  await expect(async () => {
    await page.keyboard.press('Control+z')
    await expect(page.getByText('valid', { exact: true })).toBeVisible({ timeout: 2000 })
  }).toPass()
  expect(readFileSync(file, 'utf8')).toBe(small.replace('NAME', 'invalid'))
})

test('runs live, explains what is reused and why not, and shows what a run would do', async ({ page, host }) => {
  await openSmall(page, host.project, 'run')
  await page.getByRole('button', { name: 'Dry run' }).click()
  const dryRun = page.getByRole('complementary', { name: 'Dry run' })
  await expect(dryRun).toContainText('3 steps would run.')
  await dryRun.getByRole('button', { name: 'Close dry run' }).click()

  await page.keyboard.press('Control+Enter')
  await expect(step(page, 'split')).toContainText('ran', patient)
  await expect(page.getByText(/^r\d+ · succeeded$/)).toBeVisible()

  await step(page, 'split').click()
  await page.getByLabel('Test', { exact: true }).fill('0.4')
  await expect(page.getByText('not saved').first()).toBeVisible()
  await page.getByRole('tab', { name: 'Cache' }).click()
  await expect(page.getByRole('region', { name: 'If it ran now' })).toContainText('parameter test changed from 0.25 to 0.4')
  await page.keyboard.press('Control+Enter')
  await expect(step(page, 'clean')).toContainText('reused', patient)
  const last = page.getByRole('region', { name: 'Last run' })
  await expect(last).toContainText('miss', patient)
  await expect(last).toContainText('parameter test changed from 0.25 to 0.4')
  await step(page, 'clean').click()
  await expect(last).toContainText('hit')
  await expect(last).toContainText(/the outputs of r\d+ are reused/)
})

test('follows a run of the command line, and a file that another program writes', async ({ page, host }) => {
  const file = await openSmall(page, host.project, 'elsewhere')
  await promisify(execFile)(process.execPath, [join(root, 'bin/millrace.js'), 'run', file], { cwd: root })
  await expect(page.getByText(/^r\d+ · succeeded$/)).toBeVisible()
  await expect(step(page, 'ingest')).toContainText('customers.csv')
  await expect(step(page, 'split')).toContainText(/ran|reused/)

  appendFileSync(file, '# theirs\n')
  await expect(text(page)).toContainText('# theirs')
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('# mine')
  appendFileSync(file, '# theirs again\n')
  await expect(page.getByText('Another program changed the file, and you changed it here.')).toBeVisible()
  await page.getByRole('button', { name: 'Take the file' }).click()
  await expect(text(page)).toContainText('# theirs again')
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(text(page)).toContainText('# mine')
})

test('stays usable with 2,000 steps: only those in view are drawn', async ({ page, host }) => {
  const steps = Array.from({ length: 1999 }, (_, index) => `  - { id: s${String(index)}, uses: prepare/clean }`)
  writeFileSync(join(host.project ?? '', 'large.yaml'), `name: large\nsteps:\n  - { id: ingest, uses: ingest/file, with: { path: data/customers.csv } }\n${steps.join('\n')}\n`)
  await open(page, '/pipeline?file=large.yaml')
  await expect(step(page, 'ingest')).toBeVisible(patient)
  expect(await page.locator('[data-step]').count()).toBeLessThan(60)
  await step(page, 'ingest').focus()
  for (let key = 0; key < 12; key++) {
    await page.keyboard.press('ArrowDown')
    await expect(step(page, `s${String(key)}`)).toBeFocused()
  }
  await page.keyboard.press('f')
  await expect(page.getByText('valid', { exact: true })).toBeVisible(patient)
})

test('makes a pipeline where there is none', async ({ page, host }) => {
  await open(page, '/pipeline?file=churn.yaml')
  await expect(step(page, 'train')).toBeVisible(patient)
  await page.getByRole('button', { name: 'churn.yaml' }).click()
  await page.getByRole('menuitem', { name: 'New pipeline' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('fresh')
  await page.getByRole('button', { name: 'Make pipeline' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'fresh' })).toBeVisible()
  await page.getByRole('button', { name: 'Add step' }).first().click()
  await page.getByRole('option', { name: /Read a file/ }).click()
  await expect(step(page, 'file')).toBeVisible()
  await page.getByRole('combobox', { name: 'Path' }).fill('data/customers.csv')
  await page.keyboard.press('Enter')
  await expect(page.getByText('valid', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect.poll(() => readFileSync(join(host.project ?? '', 'fresh.yaml'), 'utf8')).toBe('name: "fresh"\nsteps:\n  - id: file\n    uses: ingest/file\n    with: { path: data/customers.csv }\n')
})
