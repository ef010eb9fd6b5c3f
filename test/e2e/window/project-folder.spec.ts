import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { callEngine, expect, open, sampleProject, startWebHost, test } from './fixture.ts'

/** A project with a small dataset and a pipeline. */
async function smallProject(page: Page): Promise<string> {
  const project = join(mkdtempSync(join(tmpdir(), 'millrace-folder-')), 'small')
  await open(page, '/home')
  await callEngine(page, 'projects.create', { path: project })
  writeFileSync(join(project, 'rows.csv'), 'a,b\n1,2\n3,4\n')
  writeFileSync(join(project, 'small.yaml'), 'name: small\nsteps:\n  - { id: ingest, uses: ingest/file, with: { path: rows.csv } }\n')
  const { job } = await callEngine(page, 'datasets.import', { project, paths: [join(project, 'rows.csv')] })
  await expect.poll(async () => (await callEngine(page, 'activity.get', { job })).state, { timeout: 30_000 }).toBe('succeeded')
  return project
}

const said = (page: Page) => page.getByRole('main').getByRole('alert').first()

test('a project that is moved under the window says so, and is there again when it is moved back', async ({ page }) => {
  const project = await smallProject(page)
  const away = `${project} moved`
  await open(page, '/data?dataset=rows', { project })
  await expect(page.getByText('2 rows', { exact: true })).toBeVisible({ timeout: 30_000 })
  renameSync(project, away)
  await expect(said(page)).toContainText('The project is not where it was')
  await expect(said(page)).toContainText(project)
  await page.goto(page.url().replace(/#.*/, '#/pipeline?file=small.yaml'))
  await expect(said(page)).toContainText('The project is not where it was')
  // Nothing is written where it was.
  await expect(callEngine(page, 'pipelines.save', { project, file: 'new.yaml', text: 'name: new\n', basedOn: null })).rejects.toMatchObject({ data: { code: 'invalid-project' } })
  expect(readdirSync(join(project, '..'))).toEqual(['small moved'])
  await page.goto(page.url().replace(/#.*/, '#/home'))
  await expect(page.getByRole('row', { name: /^small/ })).toContainText('The folder is gone')

  renameSync(away, project)
  await page.goto(page.url().replace(/#.*/, '#/data?dataset=rows'))
  await expect(page.getByText('2 rows', { exact: true })).toBeVisible()
  await callEngine(page, 'projects.forget', { path: project })
})

test('a project that is deleted under the window says so; another one can be opened', async ({ page, project: sample }) => {
  const project = await smallProject(page)
  await open(page, '/pipeline?file=small.yaml', { project })
  await expect(page.locator('[data-step="ingest"]')).toBeVisible({ timeout: 30_000 })
  rmSync(project, { recursive: true })
  await page.goto(page.url().replace(/#.*/, '#/experiments'))
  await expect(said(page)).toContainText('The project is not where it was')
  await page.goto(page.url().replace(/#.*/, '#/home'))
  await expect(page.getByRole('row', { name: /^small/ })).toContainText('The folder is gone')
  await page.getByRole('button', { name: 'millrace-sample', exact: true }).first().click()
  await expect(page.getByRole('button', { name: 'Project: millrace-sample' })).toBeVisible()
  await callEngine(page, 'projects.forget', { path: project })
  await expect.poll(async () => (await callEngine(page, 'projects.summary', { project: sample })).path).toBe(sample)
})

test('a folder that is no project is refused with the way out', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-none-'))
  await open(page, '/home')
  await page.getByRole('button', { name: 'Open folder' }).click()
  await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue(/./)
  await page.getByRole('textbox', { name: 'Folder' }).fill(folder)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Open this folder' }).click()
  await expect(said(page)).toContainText('This folder is not a Millrace project')
  await expect(said(page)).toContainText(folder)
})

test.describe('a project that may only be read', () => {
  test.skip(process.platform === 'win32', 'Modes of folders are other ones on Windows.')

  test('is told of where it is opened, and where it becomes so under the window: what was typed stays', async ({ page }) => {
    test.setTimeout(120_000)
    const [project, locked] = [await sampleProject(), await sampleProject()]
    const home = mkdtempSync(join(tmpdir(), 'millrace-home-'))
    // The superuser may write anything: then the host runs as nobody.
    const user = process.getuid?.() === 0 ? 65_534 : undefined
    if (user !== undefined) for (const folder of [home, project]) give(join(folder, folder === home ? '' : '..'), user)
    if (user !== undefined) chmodSync(join(locked, '..'), 0o755)
    setModes(locked, 0o555, 0o444)
    const host = await startWebHost({ project, home, user })
    try {
      await open(page, '/home', { host, project: locked })
      await expect(page.getByText('The project cannot be written')).toBeVisible()
      await expect(page.getByText('Give yourself write access to the project folder').first()).toBeVisible()

      await open(page, '/data?dataset=churn', { host })
      await expect(page.getByText('6,014 rows', { exact: true })).toBeVisible({ timeout: 30_000 })
      setModes(project, 0o555, 0o444)
      await page.goto(page.url().replace(/#.*/, '#/pipeline?file=churn.yaml'))
      const text = page.locator('.cm-content')
      await text.click({ timeout: 30_000 })
      await page.keyboard.press('Control+End')
      await page.keyboard.type('# mine')
      // A run saves first.
      await page.keyboard.press('Control+Enter')
      await expect(page.getByText('A file or folder may not be used')).toBeVisible()
      await expect(text).toContainText('# mine')
      await expect(page.getByText('not saved').first()).toBeVisible()
      await expect(page.getByRole('contentinfo')).toContainText('Nothing is running')
      setModes(project, 0o755, 0o644)
      await page.keyboard.press('Control+s')
      await expect.poll(() => readFileSync(join(project, 'churn.yaml'), 'utf8')).toContain('# mine')
    } finally {
      await page.goto('about:blank')
      await host.stop()
      for (const folder of [project, locked]) setModes(folder, 0o755, 0o644)
    }
  })
})

function setModes(folder: string, mode: number, ofFiles: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) setModes(join(folder, entry.name), mode, ofFiles)
    else chmodSync(join(folder, entry.name), ofFiles)
  }
  chmodSync(folder, mode)
}

function give(folder: string, user: number): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) chownSync(join(entry.parentPath, entry.name), user, user)
  chownSync(folder, user, user)
}
