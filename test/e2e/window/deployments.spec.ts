import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkAccessibility, callEngine, expect, open, screenshots, test } from './fixture.ts'

test('a deployment is tried and asked for a file; a second one is made and removed', async ({ page, host }) => {
  test.setTimeout(180_000)
  const project = host.project ?? ''
  await open(page, '/deployments')
  const [newest] = (await callEngine(page, 'models.list', { project })).models
  await expect(page.getByRole('heading', { name: 'churn', exact: true })).toBeVisible({ timeout: 30_000 })
  const side = page.getByRole('complementary', { name: 'Try a prediction' })
  await expect(side.getByText('Probability that churned is Yes')).toBeVisible({ timeout: 30_000 })

  const output = join(await mkdtemp(join(tmpdir(), 'millrace-predict-')), 'predicted.csv')
  await page.getByRole('textbox', { name: 'File with rows to predict' }).fill(join(project, 'data/customers.csv'))
  await page.getByRole('textbox', { name: 'File of predictions' }).fill(output)
  await page.getByRole('button', { name: 'Predict file' }).click()
  await expect(page.getByText(/^6,014 rows predicted in/)).toBeVisible({ timeout: 60_000 })
  expect((await readFile(output, 'utf8')).split('\n')[0]).toMatch(/,prediction,p_No,p_Yes$/)

  await page.getByRole('button', { name: 'Deploy a model' }).click()
  const dialog = page.getByRole('dialog', { name: 'Deploy a model' })
  await dialog.getByRole('combobox', { name: 'Model' }).click()
  await page.getByRole('option', { name: new RegExp(`^churn@${String(newest?.version)}`) }).click()
  await dialog.getByLabel('Deployment', { exact: true }).fill('letters')
  await dialog.getByRole('button', { name: /^Deploy churn@/ }).click()
  await expect(page.getByRole('heading', { name: 'letters', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('button', { name: 'Remove deployment letters' }).click()
  await expect(page.getByText('letters removed')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Deployments' }).getByText('letters')).toBeHidden()
})

test('nothing deployed yet: the screens say what will be there', async ({ page }) => {
  const project = await mkdtemp(join(tmpdir(), 'millrace-empty-'))
  await open(page, '/home')
  await callEngine(page, 'projects.create', { path: project })
  await open(page, '/deployments', { project })
  await expect(page.getByText('Nothing is deployed')).toBeVisible({ timeout: 15_000 })
  await checkAccessibility(page)
  await screenshots(page, 'deployments-empty')
  await open(page, '/experiments', { project })
  await expect(page.getByText('No run has trained a model yet')).toBeVisible({ timeout: 15_000 })
  await checkAccessibility(page)
  await open(page, '/model', { project })
  await expect(page.getByText('No model yet')).toBeVisible({ timeout: 15_000 })
  await checkAccessibility(page)
})
