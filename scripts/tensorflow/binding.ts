import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tensorflowLayout } from '../../src/main/compute/backends/tensorflow-setup.ts'
import { execute } from './execute.ts'
import type { TensorflowLibrary } from './library.ts'

/** Version of the package whose kernels and binding are used. */
export const PACKAGE_VERSION = '4.22.0'

/** What the binding is made of, by the folder it goes to; none of their install scripts runs. */
const PARTS: Readonly<Record<string, string>> = {
  '.': `@tensorflow/tfjs-node@${PACKAGE_VERSION}`,
  'node_modules/google-protobuf': 'google-protobuf@3.21.4',
  'node_modules/node-api-headers': 'node-api-headers@1.9.0',
}

/** The package's own copy of TensorFlow.js would know nothing of our tensors: it gets the one that runs. */
const SHARED_CORE = "module.exports = globalThis[Symbol.for('millrace.tfjs-core')]\n"

/** npm as it was called, or the one on the path. */
async function npm(args: readonly string[]): Promise<string> {
  const script = process.env['npm_execpath']
  return script === undefined ? execute('npm', args) : execute(process.execPath, [script, ...args])
}

/** Puts the package and what its kernels need into `folder`, from the npm registry. */
export async function fetchPackage(folder: string, say: (line: string) => void): Promise<void> {
  const { package: place } = tensorflowLayout(folder)
  for (const [part, spec] of Object.entries(PARTS)) {
    say(`Fetching ${spec}`)
    const [target, archives] = [join(place, part), join(folder, 'archives')]
    await mkdir(target, { recursive: true })
    await mkdir(archives, { recursive: true })
    await npm(['pack', spec, '--silent', '--pack-destination', archives])
    const [archive] = await readdir(archives)
    if (archive === undefined) throw new Error(`npm pack gave nothing for ${spec}`)
    await execute('tar', ['-xzf', join(archives, archive), '-C', target, '--strip-components', '1'])
    await rm(archives, { recursive: true })
  }
  for (const name of ['tfjs', 'tfjs-core']) {
    const target = join(place, 'node_modules', '@tensorflow', name)
    await mkdir(target, { recursive: true })
    await writeFile(join(target, 'index.js'), SHARED_CORE)
  }
}

/** Compiles the binding against the library, which it finds again at `libraryFolder` (`$ORIGIN` is the binding's own folder). */
export async function compileBinding(folder: string, library: TensorflowLibrary, libraryFolder: string, say: (line: string) => void): Promise<void> {
  const { package: place, binding } = tensorflowLayout(folder)
  const compiler = process.env['CXX'] ?? 'c++'
  say(`Compiling the binding with ${compiler}`)
  await execute(compiler, ['--version']).catch(() => {
    throw new Error(`The binding has to be compiled, and there is no ${compiler}. ${process.platform === 'darwin' ? 'Run: xcode-select --install' : 'On Debian: apt-get install g++'}`)
  })
  const args = [
    '-O2', '-shared', '-fPIC', '-std=c++17',
    ...(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []),
    '-I', join(place, 'node_modules', 'node-api-headers', 'include'), '-I', library.include,
    join(place, 'binding', 'tfjs_backend.cc'), join(place, 'binding', 'tfjs_binding.cc'),
    '-o', binding, ...library.files, `-Wl,-rpath,${libraryFolder}`,
  ]
  await execute(compiler, args)
}
