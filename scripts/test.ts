import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import { findBrowser } from '../test/e2e/browser/find-browser.ts'

/**
 * `npm test`: runs every check and every test runner, shows their output as it comes, and ends with one line that adds
 * them up. Exits with 1 if anything failed.
 */
const root = join(import.meta.dirname, '..')
const reports = join(root, 'out', 'test-reports')

type Count = { readonly passed: number; readonly failed: number; readonly skipped: number; readonly failures?: readonly string[] }
type Check = {
  readonly name: string
  readonly arguments: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Reads the counts of a runner; a check without test cases counts as one. */
  readonly count?: () => Count
}

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() })),
    }),
  ),
})
type Suite = { readonly specs: readonly { readonly title: string; readonly file: string; readonly line: number; readonly ok: boolean }[]; readonly suites: readonly Suite[] }
const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    specs: z.array(z.object({ title: z.string(), file: z.string(), line: z.number(), ok: z.boolean() })).default([]),
    suites: z.array(suiteSchema).default([]),
  }),
)
const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(suiteSchema),
})

const checks: readonly Check[] = [
  { name: 'types', arguments: ['node_modules/typescript/bin/tsc', '-b'] },
  { name: 'lint', arguments: ['node_modules/oxlint/bin/oxlint'] },
  { name: 'build', arguments: ['node_modules/electron-vite/bin/electron-vite.js', 'build'] },
  {
    name: 'vitest',
    arguments: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, 'vitest.json')}`],
    count: () => {
      const report = vitestSchema.parse(readReport('vitest.json'))
      const failures = report.testResults.flatMap((file) => {
        const cases = file.assertionResults.filter(({ status }) => status === 'failed')
        if (cases.length === 0) return file.status === 'failed' ? [`${relative(root, file.name)}: ${firstLine(file.message)}`] : []
        return cases.map((test) => `${relative(root, file.name)} › ${test.fullName}: ${firstLine(test.failureMessages?.[0] ?? '')}`)
      })
      return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests, failures }
    },
  },
  {
    name: 'window',
    arguments: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json') },
    count: () => {
      const { stats, suites } = playwrightSchema.parse(readReport('playwright.json'))
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped, failures: suites.flatMap(failedSpecs) }
    },
  },
]

function failedSpecs(suite: Suite): readonly string[] {
  const own = suite.specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `${file}:${String(line)} › ${title}`)
  return [...own, ...suite.suites.flatMap(failedSpecs)]
}

function firstLine(text: string): string {
  return stripVTControlCharacters(text).split('\n', 1)[0] ?? ''
}

async function run(check: Check): Promise<Count> {
  process.stdout.write(`\n── ${check.name}\n`)
  const code = await exitCode(check)
  const ended = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  if (check.count === undefined) return ended
  try {
    const count = check.count()
    // A runner that fails outside its test cases (a file that cannot be loaded) has failed all the same.
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
  } catch (error) {
    process.stderr.write(`${check.name} left no report: ${String(error)}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function exitCode(check: Check): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, check.arguments, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...check.environment },
    })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

function readReport(name: string): unknown {
  return JSON.parse(readFileSync(join(reports, name), 'utf8'))
}

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const counts: Count[] = []
for (const check of checks) counts.push(await run(check))

process.stdout.write('\n')
if (findBrowser() === undefined) process.stdout.write('The window tests were skipped: no Chromium here. Install one, or name it in MILLRACE_CHROMIUM.\n')
for (const [index, { name }] of checks.entries()) {
  const count = counts[index]
  if (count !== undefined) process.stdout.write(`${name.padEnd(8)} ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`)
}
// Again at the end: where only the last lines of a run are kept, they name what failed.
for (const failure of counts.flatMap(({ failures = [] }) => failures)) process.stdout.write(`failed: ${failure}\n`)
const sum = (part: 'passed' | 'failed' | 'skipped'): number => counts.reduce((total, count) => total + count[part], 0)
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`)
process.exitCode = sum('failed') === 0 ? 0 : 1
