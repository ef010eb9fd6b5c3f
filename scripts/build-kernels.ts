import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

// Compiles each entry of src/kernels (AssemblyScript) to resources/kernels/<entry>.wasm; does nothing where sources, flags and compiler are unchanged.

const root = join(import.meta.dirname, '..')
const sources = join(root, 'src', 'kernels')
const modules = ['boosting', 'neural']
const flags = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--noExportMemory'],
  ...['--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536'],
  ...['--enable', 'simd', '--enable', 'relaxed-simd', '--enable', 'threads'],
]

const require = createRequire(import.meta.url)
const compilerPackage = require.resolve('assemblyscript/package.json')

/** The file and every file that it imports, directly or not, with their text. */
async function readClosure(file: string, known = new Map<string, string>()): Promise<Map<string, string>> {
  if (known.has(file)) return known
  const text = await readFile(file, 'utf8')
  known.set(file, text)
  for (const [, path] of text.matchAll(/ from '(\.[^']+)'/g)) await readClosure(join(dirname(file), `${path}.ts`), known)
  return known
}

async function fingerprint(name: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(flags)).update(await readFile(compilerPackage))
  const files = await readClosure(join(sources, `${name}.ts`))
  for (const [file, text] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) hash.update(`\0${file.slice(sources.length)}\0`).update(text)
  return hash.digest('hex')
}

async function recorded(output: string): Promise<string> {
  try {
    const wasm = await readFile(output)
    const [inputs, content] = (await readFile(`${output}.sha256`, 'utf8')).trim().split(' ')
    return content === createHash('sha256').update(wasm).digest('hex') ? (inputs ?? '') : ''
  } catch {
    return '' // never built
  }
}

async function build(name: string, output: string, inputs: string): Promise<void> {
  await mkdir(dirname(output), { recursive: true })
  const temporary = `${output}.${process.pid}.tmp`
  try {
    const asc = join(dirname(compilerPackage), 'bin', 'asc.js')
    const { status, stderr, error } = spawnSync(process.execPath, [asc, join('src', 'kernels', `${name}.ts`), '-o', temporary, ...flags], {
      cwd: root,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`The kernels do not compile (asc exited with ${status ?? error?.message ?? 'a signal'}):\n${stderr ?? ''}`)
    const wasm = await readFile(temporary)
    await rename(temporary, output)
    await writeFile(`${output}.sha256`, `${inputs} ${createHash('sha256').update(wasm).digest('hex')}\n`)
    process.stderr.write(`kernels: built resources/kernels/${name}.wasm (${wasm.length} bytes)\n`)
  } finally {
    await rm(temporary, { force: true })
  }
}

try {
  for (const name of modules) {
    const output = join(root, 'resources', 'kernels', `${name}.wasm`)
    const inputs = await fingerprint(name)
    if (inputs !== (await recorded(output))) await build(name, output, inputs)
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
