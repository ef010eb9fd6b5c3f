import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

// Compiles src/kernels (AssemblyScript) to resources/kernels/boosting.wasm; does nothing where sources, flags and compiler are unchanged.

const root = join(import.meta.dirname, '..')
const sources = join(root, 'src', 'kernels')
const output = join(root, 'resources', 'kernels', 'boosting.wasm')
const flags = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536'],
  ...['--enable', 'simd', '--enable', 'relaxed-simd', '--enable', 'threads'],
]

const require = createRequire(import.meta.url)
const compilerPackage = require.resolve('assemblyscript/package.json')

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(flags)).update(await readFile(compilerPackage))
  const names = (await readdir(sources)).filter((name) => name.endsWith('.ts')).toSorted()
  for (const name of names) hash.update(`\0${name}\0`).update(await readFile(join(sources, name)))
  return hash.digest('hex')
}

async function recorded(): Promise<string> {
  try {
    const wasm = await readFile(output)
    const [inputs, content] = (await readFile(`${output}.sha256`, 'utf8')).trim().split(' ')
    return content === createHash('sha256').update(wasm).digest('hex') ? (inputs ?? '') : ''
  } catch {
    return '' // never built
  }
}

async function build(inputs: string): Promise<void> {
  await mkdir(dirname(output), { recursive: true })
  const temporary = `${output}.${process.pid}.tmp`
  try {
    const asc = join(dirname(compilerPackage), 'bin', 'asc.js')
    const { status, stderr, error } = spawnSync(process.execPath, [asc, join('src', 'kernels', 'boosting.ts'), '-o', temporary, ...flags], {
      cwd: root,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`The kernels do not compile (asc exited with ${status ?? error?.message ?? 'a signal'}):\n${stderr ?? ''}`)
    const wasm = await readFile(temporary)
    await rename(temporary, output)
    await writeFile(`${output}.sha256`, `${inputs} ${createHash('sha256').update(wasm).digest('hex')}\n`)
    process.stderr.write(`kernels: built resources/kernels/boosting.wasm (${wasm.length} bytes)\n`)
  } finally {
    await rm(temporary, { force: true })
  }
}

try {
  const inputs = await fingerprint()
  if (inputs !== (await recorded())) await build(inputs)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
