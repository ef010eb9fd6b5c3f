import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../src/main')

test('step kinds, hundreds of files, are loaded in worker threads and never in the host’s', () => {
  const loaders = globSync('**/*.ts', { cwd: root }).filter((file) => /\bloadStepKinds\(/.test(readFileSync(join(root, file), 'utf8')))
  expect(loaders).toContain('pipeline/plan-job.ts')
  expect(loaders.filter((file) => !file.endsWith('-job.ts'))).toEqual(['pipeline/step-kinds.ts'])
})
