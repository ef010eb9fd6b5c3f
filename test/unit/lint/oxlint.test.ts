import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

/** The linter itself, run over a small tree with the project's own configuration: a plug-in that crashes would pass in silence. */
const root = join(import.meta.dirname, '../../..')
const reportSchema = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string(), severity: z.string() })) })

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace lint '))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function lint(files: Readonly<Record<string, string>>): Promise<string[]> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const arguments_ = [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', join(root, '.oxlintrc.json'), '--format', 'json', '.']
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, arguments_, { cwd: folder }, (_, stdout) => resolve(stdout))
  })
  const { diagnostics } = reportSchema.parse(JSON.parse(output))
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ filename, code }) => `${filename} ${code}`).sort()
}

test('the configuration reports each house rule as an error, and nothing in clean files', async () => {
  const found = await lint({
    'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "ESNext", "target": "ES2024" }, "include": ["src"] }',
    'src/main/base/clean.ts': '/** One. */\nexport function one(): number {\n  return 1\n}\n',
    'src/main/base/upward.ts': "import '../pipeline/x.ts'\n",
    'src/main/base/utils.ts': 'export const one = 1\n',
    'src/main/learn/dice.ts': 'export const roll = Math.random()\n',
    'src/main/learn/silent.ts': 'export function silent(): void {}\n',
    'src/main/learn/loose.ts': 'export const loose = (JSON.parse("1") as any)\n',
    'src/main/learn/promise.ts': 'async function later(): Promise<void> {}\nlater()\n',
    'src/preload/index.ts': "import { ipcRenderer } from 'electron'\n\nexport const send = ipcRenderer\n",
  })
  expect([...new Set(found)]).toEqual(
    expect.arrayContaining([
      'src/main/base/upward.ts millrace(floors)',
      'src/main/base/utils.ts millrace(file-name)',
      'src/main/learn/dice.ts millrace(hidden-effects)',
      'src/main/learn/loose.ts typescript(no-explicit-any)',
      'src/main/learn/promise.ts typescript(no-floating-promises)',
      'src/main/learn/silent.ts millrace(docstring)',
      'src/preload/index.ts millrace(raw-ipc)',
    ]),
  )
  expect(found.filter((line) => line.includes('clean.ts'))).toEqual([])
})
