import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { tensorflowFolder, tensorflowLayout, tensorflowSetupText } from '../src/main/compute/backends/tensorflow-setup.ts'
import { compileBinding, fetchPackage, PACKAGE_VERSION } from './tensorflow/binding.ts'
import { execute } from './tensorflow/execute.ts'
import { downloadLibrary, findLibrary } from './tensorflow/library.ts'

// npm run setup:tensorflow [-- --libtensorflow DIR] [--cpu]: makes the backend `tensorflow` work on this machine. Nothing else needs it.

const USAGE = `Usage: npm run setup:tensorflow [-- --libtensorflow DIR] [--cpu]

  --libtensorflow DIR   a library that you have: an unpacked official archive, or the folder of a Python package of TensorFlow 2
  --cpu                 download the library without CUDA

It goes to ${tensorflowFolder()}; the variable MILLRACE_TENSORFLOW names another folder.
`

const provedSchema = z.object({ device: z.object({ name: z.string(), driver: z.string() }), trains: z.array(z.string()), failures: z.record(z.string(), z.string()) })

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

async function setUp(given: string | undefined, cpu: boolean): Promise<void> {
  if (process.platform === 'win32') throw new Error('The binding cannot be compiled on Windows yet; the backend webgpu uses the graphics card there without any of this.')
  const target = tensorflowFolder()
  const folder = `${target}.new`
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  try {
    const library = given === undefined ? await downloadLibrary(join(folder, 'library'), cpu, say) : await findLibrary(given)
    await fetchPackage(folder, say)
    await compileBinding(folder, library, given === undefined ? `$ORIGIN/library/lib` : library.folder, say)
    const { binding, setup } = tensorflowLayout(folder)
    const read = `process.stdout.write(require(${JSON.stringify(binding)}).TF_Version)`
    const version = await execute(process.execPath, ['-e', read], { env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' } })
    const libraryFolder = given === undefined ? join(target, 'library', 'lib') : library.folder
    await writeFile(setup, tensorflowSetupText({ package: PACKAGE_VERSION, library: version, libraryFolder }))
    await prove(folder)
    await rm(target, { recursive: true, force: true })
    await mkdir(dirname(target), { recursive: true })
    await rename(folder, target)
    say(`TensorFlow ${version} is set up in ${target}. \`millrace devices --self-test\` shows it.`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Trains small networks with what was put together. */
async function prove(folder: string): Promise<void> {
  const env = { ...process.env, MILLRACE_TENSORFLOW: folder, TF_CPP_MIN_LOG_LEVEL: '2' }
  const { device, trains, failures } = provedSchema.parse(JSON.parse(await execute(process.execPath, [join(import.meta.dirname, 'tensorflow', 'prove.ts')], { env })))
  const wrong = Object.entries(failures).map(([kind, why]) => `${kind}: ${why}`)
  if (trains.length === 0) throw new Error(`The library does not compute what is right (${wrong.join('; ')})`)
  say(`It computes on ${device.name} and trains ${trains.join(', ')}${wrong.length === 0 ? '' : `; not ${wrong.join('; ')}`}.`)
}

const { values } = parseArgs({ options: { libtensorflow: { type: 'string' }, cpu: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } })
if (values.help) process.stdout.write(USAGE)
else {
  try {
    await setUp(values.libtensorflow, values.cpu)
  } catch (error) {
    say(`setup:tensorflow: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
