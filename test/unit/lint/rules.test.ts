import { join } from 'node:path'
import { RuleTester } from 'oxlint/plugins-dev'
import { describe, it } from 'vitest'
import { docstring } from '../../../lint/rules/docstring.ts'
import { fileName } from '../../../lint/rules/file-name.ts'
import { floors } from '../../../lint/rules/floors.ts'
import { hiddenEffects } from '../../../lint/rules/hidden-effects.ts'
import { rawIpc } from '../../../lint/rules/raw-ipc.ts'

RuleTester.describe = describe
RuleTester.it = it

const root = join(import.meta.dirname, '../../..')
const at = (path: string, code: string): { filename: string; code: string } => ({ filename: join(root, path), code })
const tester = new RuleTester({ cwd: root, languageOptions: { sourceType: 'module' } })

const upward = [/below src\/main\/pipeline/]

tester.run('floors', floors, {
  valid: [
    at('src/main/stages/a.ts', "import { x } from '../learn/x.ts'"),
    at('src/main/stages/a.ts', "import type { X } from '../learn/x.ts'"),
    at('src/main/stages/a.ts', "export { x } from '../learn/x.ts'"),
    at('src/main/stages/a.ts', "const x = await import('../learn/x.ts')"),
    at('src/main/workers/pool.ts', "new Worker(new URL('./entry.ts', import.meta.url))"),
    at('src/main/stages/a.ts', 'export const x = 1'),
    at('test/unit/a.test.ts', "import { x } from '../../src/main/pipeline/x.ts'"),
  ],
  invalid: [
    { ...at('src/main/base/a.ts', "import { x } from '../pipeline/x.ts'"), errors: upward },
    { ...at('src/main/base/a.ts', "import type { X } from '../pipeline/x.ts'"), errors: upward },
    { ...at('src/main/base/a.ts', "import { type X } from '../pipeline/x.ts'"), errors: upward },
    { ...at('src/main/base/a.ts', "import '../pipeline/x.ts'"), errors: upward },
    { ...at('src/main/base/a.ts', "export { x } from '../pipeline/x.ts'"), errors: upward },
    { ...at('src/main/base/a.ts', "export type { X } from '../pipeline/x.ts'"), errors: upward },
    { ...at('src/main/base/a.ts', "export * from '../pipeline/x.ts'"), errors: upward },
    { ...at('src/main/base/a.ts', "const x = await import('../pipeline/x.ts')"), errors: upward },
    { ...at('src/main/base/a.ts', "type X = import('../pipeline/x.ts').X"), errors: upward },
    { ...at('src/main/base/a.ts', "const x = require('../pipeline/x.ts')"), errors: upward },
    { ...at('src/main/base/a.ts', "new Worker(new URL('../pipeline/x.ts', import.meta.url))"), errors: upward },
  ],
})

tester.run('raw-ipc', rawIpc, {
  valid: [
    at('src/preload/transport.ts', "import { ipcRenderer } from 'electron'"),
    at('src/main/hosts/electron/transport.ts', "import { ipcMain } from 'electron'"),
    at('src/main/hosts/electron/window.ts', "import { BrowserWindow } from 'electron'"),
  ],
  invalid: [
    { ...at('src/preload/index.ts', "import { ipcRenderer } from 'electron'"), errors: [/Raw ipcRenderer: add a method to the contract/] },
    { ...at('src/main/hosts/electron/window.ts', "import * as e from 'electron'; e.ipcMain.on('x', f)"), errors: [/Raw ipcMain/] },
  ],
})

tester.run('hidden-effects', hiddenEffects, {
  valid: [
    at('src/main/learn/a.ts', 'const x = rng.next()'),
    at('src/main/stages/a.ts', 'const x = new Date(seconds)'),
    at('src/main/base/clock.ts', 'const x = Date.now()'),
    at('src/main/pipeline/runner.ts', 'const x = Date.now()'),
    at('test/unit/a.test.ts', 'const x = Math.random()'),
  ],
  invalid: [
    { ...at('src/main/learn/a.ts', 'const x = Math.random()'), errors: [/draw from the Rng/] },
    { ...at('src/main/stages/a.ts', 'const x = Date.now()'), errors: [/ask the Clock/] },
    { ...at('src/main/stages/a.ts', 'const x = new Date()'), errors: [/ask the Clock/] },
    { ...at('src/main/table/a.ts', 'const x = performance.now()'), errors: [/ask the Clock/] },
    { ...at('src/shared/a.ts', 'const x = process.env'), errors: [/as an argument/] },
  ],
})

tester.run('docstring', docstring, {
  valid: [
    at('src/main/base/a.ts', '/** Adds. */\nexport function add() {}'),
    at('src/main/base/a.ts', '/** Adds. */\nexport const add = () => 1'),
    at('src/main/base/a.ts', '/** Adds. */\nexport function add(a: string): void\nexport function add(a: unknown) {}'),
    at('src/main/base/a.ts', 'export const limit = 3'),
    at('src/main/base/a.ts', 'function add() {}'),
    at('test/unit/a.test.ts', 'export function add() {}'),
  ],
  invalid: [
    { ...at('src/main/base/a.ts', 'export function add() {}'), errors: [/Say in one sentence what add does/] },
    { ...at('src/main/base/a.ts', '// Adds.\nexport const add = () => 1'), errors: [/what add does/] },
    { ...at('src/renderer/a.tsx', 'export function App() { return <p /> }'), errors: [/what App does/] },
  ],
})

tester.run('file-name', fileName, {
  valid: [at('src/main/base/atomic-file.ts', ''), at('src/main/learn/estimators/gradient-boosting.ts', ''), at('test/unit/base/rng.test.ts', '')],
  invalid: [
    { ...at('src/main/base/utils.ts', ''), errors: [/"utils\.ts" says nothing/] },
    { ...at('src/main/helpers/date.ts', ''), errors: [/"helpers" says nothing/] },
    { ...at('src/main/base/string-utils.ts', ''), errors: [/says nothing/] },
    { ...at('src/renderer/app/App.tsx', ''), errors: [/kebab-case/] },
  ],
})
