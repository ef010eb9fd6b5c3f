import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { launcher } from '../cli/command-line.ts'
import { builtEntry, launchDesktop } from '../electron/desktop.ts'
import { startDesktop } from '../electron/stand-in/start.ts'
import { desktopEntry } from './entries.ts'
import { callEngine, checkAccessibility, expect, open, sampleProject, test } from './fixture.ts'

test.describe('the desktop window', { tag: '@desktop-only' }, () => {
  test.skip(!existsSync(builtEntry), 'There is no built entry: run "npm run build" first.')

  test('shows the project that it was started with, and is accessible', async ({ page, desktop }) => {
    await expect(page.getByRole('button', { name: 'Project: millrace-sample' })).toBeVisible()
    expect(desktop.origin).toMatch(/millrace/)
    const { host, dialogs } = await callEngine(page, 'app.info', {})
    expect({ host, dialogs }).toEqual({ host: 'electron', dialogs: true })
    await checkAccessibility(page)
  })

  test('gives its page the few functions of the preload and nothing of Node', async ({ page }) => {
    const names = await page.evaluate(() => ({
      bridge: Object.keys((globalThis as unknown as { millrace: object }).millrace).toSorted(),
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis),
    }))
    expect(names).toEqual({ bridge: ['call', 'onCommand', 'pathOf', 'subscribe'], node: [] })
  })

  test('does what its menu says', async ({ page, desktop, project }) => {
    expect(await desktop.click('View', 'Activity')).toBe(true)
    await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible()
    await desktop.answer({ canceled: false, filePaths: [join(project, 'data')] })
    await desktop.click('File', 'Open project …')
    await expect(page.getByText('no project', { exact: false }).first()).toBeVisible()
    expect((await desktop.told()).dialogs.at(-1)).toMatchObject({ kind: 'open', options: { title: 'Open a project', properties: ['openDirectory', 'createDirectory'] } })
    expect(await desktop.click('File', 'Open recent', 'millrace-sample')).toBe(true)
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  })

  test('takes data by the system’s dialog and by drop from where they lie, and says why a file cannot be read', async ({ page, desktop }) => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-desktop-data-'))
    const [broken, good] = [join(folder, 'broken.parquet'), join(folder, 'good.csv')]
    writeFileSync(broken, 'PAR1 but no more than that')
    writeFileSync(good, 'height,weight\n180,80\n170,70\n')
    await open(page, '/home')
    await desktop.answer({ canceled: false, filePaths: [broken] })
    await page.getByRole('button', { name: 'Choose file' }).click()
    await expect(page.getByRole('alert')).toContainText('broken.parquet', { timeout: 30_000 })
    expect((await desktop.told()).dialogs.at(-1)).toMatchObject({ kind: 'open', options: { properties: ['openFile'] } })

    await open(page, '/home')
    test.skip(desktop.kind === 'electron', 'A file that a script makes lies nowhere, and Electron knows it.')
    await page.getByRole('heading', { name: 'From my data' }).evaluate((zone, path) => {
      const files = [Object.assign(new File([], 'good.csv'), { standInPath: path })]
      zone.dispatchEvent(Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer: { types: ['Files'], files } }))
    }, good)
    await expect(page.getByRole('region', { name: 'First rows of the file' })).toContainText('180', { timeout: 30_000 })
    expect(decodeURIComponent(page.url())).toContain(good)
  })

  test('refuses messages of the wrong shape', async ({ page }) => {
    await open(page, '/home')
    await expect(callEngine(page, 'app.saveSettings', { theme: 'pink' as 'dark' })).rejects.toMatchObject({ data: { code: 'refused' } })
    await expect(callEngine(page, 'app.nothing' as 'app.info', {})).rejects.toMatchObject({ data: { code: 'refused' } })
  })

  test.describe('frames', () => {
    test.use({ expectedComplaints: /Framing .* violates/ })

    test('are not in its page, whatever a script tries', async ({ page }) => {
      await open(page, '/home')
      const framed = await page.evaluate(async () => {
        const frame = document.createElement('iframe')
        frame.src = 'index.html'
        document.body.append(frame)
        await new Promise((resolve) => setTimeout(resolve, 300))
        const root = frame.contentDocument?.querySelector('#root') ?? null
        frame.remove()
        return root !== null
      })
      expect(framed).toBe(false)
    })
  })

  test('comes back when its page crashes, and the work goes on', async ({ page, desktop, project }) => {
    await open(page, '/home')
    const { job } = await callEngine(page, 'pipelines.run', { project, file: 'churn.yaml', set: ['train.estimator=naive-bayes'] })
    await desktop.crash()
    await expect.poll(async () => (await desktop.page()) !== page).toBe(true)
    const fresh = await desktop.page()
    await expect(fresh.getByRole('button', { name: 'Project: millrace-sample' })).toBeVisible({ timeout: 15_000 })
    await expect.poll(async () => (await callEngine(fresh, 'activity.get', { job })).state, { timeout: 60_000 }).toBe('succeeded')
  })

  test('is what npm start opens where there is a display and Electron: on the sample project, which it makes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-start-'))
    const started = await startDesktop(folder)
    let code: number | null = null
    try {
      const page = await started.page()
      await expect(page.getByRole('button', { name: 'Project: millrace-sample' })).toBeVisible({ timeout: 30_000 })
      await expect(page.getByRole('contentinfo')).not.toContainText('Nothing is running')
    } finally {
      // The work is asked about, and the answer is to stop it.
      code = await started.stop()
    }
    expect(code).toBe(0)
    const { stdout } = await promisify(execFile)(process.execPath, [launcher, 'runs', '--json', '--project', join(folder, 'millrace-sample')])
    expect(JSON.parse(stdout)).toMatchObject({ runs: [{ pipeline: 'churn', status: 'cancelled' }] })
  })

  test('asks before it quits over running work, and ends it in order', async () => {
    const project = await sampleProject()
    const home = mkdtempSync(join(tmpdir(), 'millrace-home-'))
    const application = await launchDesktop({ given: ['--project', project], environment: { HOME: home, MILLRACE_CONFIG: join(home, 'config') } })
    const { call } = desktopEntry(application)
    await call(await application.page(), 'pipelines.run', { project, file: 'churn.yaml', force: ['all'] })
    await application.answer({ response: 0 })
    await application.quit()
    await expect.poll(async () => (await application.told()).dialogs.length).toBe(1)
    expect((await application.told()).dialogs[0]).toMatchObject({ kind: 'message', options: { message: 'Work is running' } })
    expect(await call(await application.page(), 'activity.list', {})).toMatchObject({ ok: true, value: { jobs: [{ state: 'running' }] } })
    await application.answer({ response: 1 })
    await application.quit()
    await application.ended
    const { stdout } = await promisify(execFile)(process.execPath, [launcher, 'runs', '--json', '--project', project])
    expect(JSON.parse(stdout)).toMatchObject({ runs: [{ status: 'cancelled' }, { status: 'succeeded' }] })
  })
})
