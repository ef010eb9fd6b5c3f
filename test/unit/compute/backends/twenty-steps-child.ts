import { readFileSync } from 'node:fs'
import { startBackend } from '../../../../src/main/compute/backends/index.ts'
import type { BackendId } from '../../../../src/main/compute/backend.ts'
import { models, predictSaved, twentySteps, type Saved } from './twenty-steps.ts'

// Started by same-model.test.ts: drivers are found by the environment that a process starts with.

const [id = '', file = '', ...names] = process.argv.slice(2)
const given = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Saved>>
const backend = await startBackend(id as BackendId, { threads: 2 })
const found: Record<string, unknown> = {}
for (const [name, model] of Object.entries(models).filter(([name]) => names.includes(name))) {
  found[name] = { losses: (await twentySteps(model)).losses, scores: await predictSaved(model, given[name] as Saved) }
}
process.stdout.write(JSON.stringify(found))
await backend.close()
