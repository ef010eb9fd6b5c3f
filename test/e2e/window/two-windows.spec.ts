import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, open, test } from './fixture.ts'

/** The threads that read pipelines and features start with the first. */
const patient = { timeout: 30_000 }

const text = (page: Page) => page.locator('.cm-content')

async function write(page: Page, words: string): Promise<void> {
  await page.bringToFront()
  await text(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(words)
}

test('two windows edit one pipeline: the second is told, neither text is lost, and a run is seen in both', async ({ page, project }) => {
  const file = join(project, 'shared.yaml')
  writeFileSync(file, 'name: shared\nsteps:\n  - { id: ingest, uses: ingest/file, with: { path: data/customers.csv } }\n')
  const second = await page.context().newPage()
  for (const window of [page, second]) {
    await open(window, '/pipeline?file=shared.yaml')
    await expect(window.locator('[data-step="ingest"]')).toBeVisible(patient)
  }
  await write(page, '# first')
  await write(second, '# second')
  await page.bringToFront()
  await page.keyboard.press('Control+s')
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('# first')

  await second.bringToFront()
  await second.keyboard.press('Control+s')
  await expect(second.getByText('Another program changed the file, and you changed it here.')).toBeVisible()
  await expect(text(second)).toContainText('# second')
  expect(readFileSync(file, 'utf8')).not.toContain('# second')
  await second.getByRole('button', { name: 'Keep mine' }).click()
  await second.keyboard.press('Control+s')
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('# second')

  // The first had nothing unsaved: it follows, and its own text is one undo away.
  await page.bringToFront()
  await expect(text(page)).toContainText('# second')
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(text(page)).toContainText('# first')
  await page.keyboard.press('Control+Enter')
  for (const window of [page, second]) await expect(window.getByText(/^r\d+ · succeeded$/)).toBeVisible(patient)
  await second.close()
})

test('two windows edit one recipe: what both wrote is in the file, and what both changed is decided by the second', async ({ page, project }) => {
  test.setTimeout(120_000)
  const file = join(project, 'churn.yaml')
  const second = await page.context().newPage()
  const add = async (window: Page, formula: string): Promise<void> => {
    await window.bringToFront()
    await window.getByRole('textbox', { name: /New column by formula/ }).fill(formula)
    await window.getByRole('button', { name: 'Add column' }).click(patient)
  }
  const save = async (window: Page): Promise<void> => {
    await window.getByRole('button', { name: 'Save recipe' }).click()
    await expect(window.getByText('The recipe is saved').last()).toBeVisible()
  }
  for (const window of [page, second]) {
    await open(window, '/features?file=churn.yaml')
    await expect(window.getByRole('button', { name: 'monthly_charge', exact: true })).toBeVisible(patient)
  }
  await add(second, 'of_second = tenure_months * 3')
  await add(page, 'of_first = tenure_months * 2')
  await save(page)
  await second.bringToFront()
  await expect(second.getByText('The recipe was changed in another window or program meanwhile.')).toBeVisible()
  await expect(second.getByRole('button', { name: 'of_first', exact: true })).toBeVisible()
  await save(second)
  const both = readFileSync(file, 'utf8')
  expect(both).toContain('of_first')
  expect(both).toContain('of_second')

  await expect(page.getByRole('button', { name: 'of_second', exact: true })).toBeVisible(patient)
  await add(second, 'of_both = tenure_months + 2')
  await add(page, 'of_both = tenure_months + 1')
  await save(page)
  await expect(second.getByText('Another window or program changed of_both too.')).toBeVisible()
  await second.getByRole('button', { name: 'Take theirs' }).click()
  await second.getByRole('button', { name: 'of_both', exact: true }).click()
  await expect(second.getByText('tenure_months + 1').first()).toBeVisible()
  expect(readFileSync(file, 'utf8')).not.toContain('tenure_months + 2')
  await second.close()
})
