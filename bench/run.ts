import { parseArgs } from 'node:util'
import { boosting } from './boosting.ts'
import { forest } from './forest.ts'
import { gpu } from './gpu.ts'
import { ingest } from './ingest.ts'
import { kernels } from './kernels.ts'
import { linear } from './linear.ts'
import { nn } from './nn.ts'
import { benchTable, type Bench } from './result.ts'
import { text } from './text.ts'
import { ui } from './ui.ts'

// node bench/run.ts NAME [--json] [--rows N,N]: measures against a peer that is installed on this machine, in one run.

const benches: Readonly<Record<string, Bench>> = { boosting, forest, gpu, ingest, kernels, linear, nn, text, ui }

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, rows: { type: 'string' } },
  })
  const [name, ...others] = positionals
  const bench = name === undefined || !Object.hasOwn(benches, name) ? undefined : benches[name]
  if (bench === undefined || others.length > 0) {
    process.stderr.write(`Usage: npm run bench -- NAME [--json] [--rows N,N]\nNAME is one of: ${Object.keys(benches).join(', ')}\n`)
    process.exitCode = 2
    return
  }
  const rows = values.rows?.split(',').map(Number)
  const results = await bench({
    ...(rows === undefined ? {} : { rows }),
    report: (line) => {
      process.stderr.write(`${line}\n`)
    },
  })
  process.stdout.write(values.json ? `${JSON.stringify(results)}\n` : benchTable(results))
}

try {
  await main()
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
