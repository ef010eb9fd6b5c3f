import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { execute } from './execute.ts'

/** TensorFlow's library and its headers. */
export type TensorflowLibrary = {
  /** Folder of the library. */
  readonly folder: string
  /** Files to link with. */
  readonly files: readonly string[]
  readonly include: string
}

const OFFICIAL = 'https://storage.googleapis.com/tensorflow/versions/2.18.0'

/** Where it lies below a folder: as the official archive has it, beside its headers, and in a Python package. */
const PLACES = ['lib', '.', 'tensorflow', 'site-packages/tensorflow']
const NAMES = [/^libtensorflow\.so(\.\d+)*$/, /^libtensorflow(\.\d+)*\.dylib$/, /^libtensorflow_cc\.so\.\d+$/, /^libtensorflow_cc(\.\d+)*\.dylib$/]
const FRAMEWORK = /^libtensorflow_framework\.(so(\.\d+)*|(\d+\.)*dylib)$/

/** The library in a folder that the user has: an unpacked official archive, or the folder of a Python package of TensorFlow 2. */
export async function findLibrary(given: string): Promise<TensorflowLibrary> {
  const base = resolve(given)
  for (const place of PLACES) {
    const folder = join(base, place)
    const names = (await readdir(folder).catch(() => [])).toSorted((a, b) => a.length - b.length)
    const main = NAMES.map((name) => names.find((candidate) => name.test(candidate))).find((name) => name !== undefined)
    const framework = names.find((name) => FRAMEWORK.test(name))
    const include = [join(folder, 'include'), join(folder, '..', 'include')].find((path) => existsSync(join(path, 'tensorflow', 'c', 'eager', 'c_api.h')))
    if (main !== undefined && include !== undefined) {
      return { folder, files: [main, ...(framework === undefined ? [] : [framework])].map((name) => join(folder, name)), include }
    }
  }
  throw new Error(`${base} holds no TensorFlow library with its headers. Unpack an archive of https://www.tensorflow.org/install/lang_c there, or name the folder "tensorflow" of a Python package (pip install tensorflow).`)
}

function officialArchive(cpu: boolean): string {
  const { platform, arch } = process
  if (platform === 'linux' && arch === 'x64') return `libtensorflow-${cpu ? 'cpu' : 'gpu'}-linux-x86_64.tar.gz`
  if (platform === 'darwin' && arch === 'arm64') return 'libtensorflow-cpu-darwin-arm64.tar.gz'
  throw new Error(`There is no official TensorFlow library for ${platform}-${arch}. Name one that you have with: npm run setup:tensorflow -- --libtensorflow DIR`)
}

/** Downloads the official library into `folder`; `cpu`: the one without CUDA. */
export async function downloadLibrary(folder: string, cpu: boolean, say: (line: string) => void): Promise<TensorflowLibrary> {
  const url = `${OFFICIAL}/${officialArchive(cpu)}`
  say(`Downloading ${url}`)
  await mkdir(folder, { recursive: true })
  const archive = join(folder, 'archive.tar.gz')
  const response = await fetch(url).catch((error: unknown) => {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new Error(`${url} cannot be reached (${why}). With a library that you have: npm run setup:tensorflow -- --libtensorflow DIR`)
  })
  if (!response.ok || response.body === null) throw new Error(`${url} answers ${String(response.status)} ${response.statusText}`)
  await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(archive))
  await execute('tar', ['-xzf', archive, '-C', folder])
  await rm(archive)
  return findLibrary(folder)
}
