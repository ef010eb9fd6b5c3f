import { builtinModules } from 'node:module'
import { posix } from 'node:path'

/**
 * The floors of `docs/architecture.md`. A file imports only from floors below its own, and folders on one floor
 * never import each other.
 */
const FLOORS: Readonly<Record<string, number>> = {
  'src/shared': 0,
  'src/kernels': 0,
  'src/main/base': 1,
  'src/main/table': 1,
  'src/main/wasm': 1,
  'src/main/html': 1,
  'src/main/compute': 2,
  'src/main/learn': 3,
  'src/main/data': 3,
  'src/main/store': 3,
  'src/main/stages': 4,
  'src/main/workers': 5,
  'src/main/pipeline': 6,
  'src/main/serving': 6,
  'src/main/services': 7,
  'src/main/hosts': 8,
  'src/main/index.ts': 9,
}

/** Rooms beside the floors: they see `src/shared` and themselves, nothing else. */
const ANNEXES: readonly string[] = ['src/preload', 'src/renderer']

const ELECTRON_HOST = 'src/main/hosts/electron'
const ELECTRON_ROOMS: readonly string[] = [ELECTRON_HOST, 'src/main/index.ts', 'src/preload']

/** Packages with one owner; everyone else asks the owner. */
const OWNERS: readonly { readonly packages: RegExp; readonly rooms: readonly string[]; readonly fix: string }[] = [
  { packages: /^electron(\/|$)/, rooms: ELECTRON_ROOMS, fix: 'move this code to src/main/hosts/electron and hand its effect in' },
  { packages: /^@tensorflow\//, rooms: ['src/main/compute'], fix: 'call it through src/main/compute' },
  { packages: /^@?duckdb(\/|$)/, rooms: ['src/main/data'], fix: 'use the DataEngine of src/main/data/engine.ts' },
  { packages: /^better-sqlite3(\/|$)/, rooms: ['src/main/store', 'src/main/data/sources/sqlite'], fix: 'add a repository function in src/main/store' },
  { packages: /^(react|react-dom|@mantine)(\/|$)/, rooms: ['src/renderer'], fix: 'keep the user interface in src/renderer' },
]

/** Rooms that know no Node at all, and why. */
const WITHOUT_NODE: Readonly<Record<string, string>> = {
  'src/shared': 'src/shared runs in every runtime: move this to src/main/base or pass the value in',
  'src/renderer': 'the renderer is a web page: ask for it through the client and the contract',
  'src/preload': 'the preload is sandboxed: ask for it through the contract',
}

/** Rooms that reach for no effect themselves, and whom they ask. */
const WITHOUT_EFFECTS: Readonly<Record<string, string>> = {
  'src/main/learn': 'learn is pure: take data as arguments and leave files to the caller',
  'src/main/stages': 'a step takes its effects from its StageContext (readFile, writeFile, outputFolder, data)',
}

const EFFECT_MODULES = /^(fs|fs\/promises|child_process|net|http|https|http2|dgram|tls|dns|cluster|worker_threads)$/

const BUILTIN = new Set(builtinModules)

/** Path of the floor or annex a file of `src` stands on; undefined outside `src` or on no floor. */
export function roomOf(file: string): string | undefined {
  return [...Object.keys(FLOORS), ...ANNEXES].find((room) => isWithin(file, room))
}

/**
 * What is wrong with an import, with the fix; undefined where nothing is.
 * @param file importing file, relative to the project's root, with forward slashes
 * @param specifier what it imports, as written
 */
export function importProblem(file: string, specifier: string): string | undefined {
  if (!isWithin(file, 'src')) return undefined
  const room = roomOf(file)
  if (room === undefined) return `${file} stands on no floor: move it, or add its folder to lint/floors.ts and docs/architecture.md.`
  if (specifier.startsWith('#shared/')) return undefined
  if (specifier.startsWith('.')) return fileProblem(file, room, specifier)
  return packageProblem(file, room, specifier)
}

function fileProblem(file: string, room: string, specifier: string): string | undefined {
  const target = posix.normalize(posix.join(posix.dirname(file), withoutQuery(specifier)))
  if (target === 'package.json') return undefined
  if (posix.extname(target) === '') return `"${specifier}" needs its extension: sources run unbuilt, so write "${specifier}.ts".`
  if (!isWithin(target, 'src')) return `src imports nothing outside src: move what "${specifier}" offers into src.`
  if (isWithin(target, 'src/shared') && room !== 'src/shared') {
    return `Import src/shared by its name: "#shared/${posix.relative('src/shared', target)}".`
  }
  const targetRoom = roomOf(target)
  if (targetRoom === undefined) return `"${specifier}" stands on no floor: add its folder to lint/floors.ts and docs/architecture.md.`
  if (isWithin(target, ELECTRON_HOST) && !ELECTRON_ROOMS.some((allowed) => isWithin(file, allowed))) {
    return 'Only src/main/index.ts starts the Electron host: hand what you need in from there.'
  }
  return targetRoom === room ? undefined : directionProblem(room, targetRoom)
}

function directionProblem(room: string, target: string): string | undefined {
  if (ANNEXES.includes(room)) return `${room} imports only src/shared and itself: ask for it through the contract, or move the type to src/shared.`
  if (ANNEXES.includes(target)) return `Nothing in src/main imports ${target}: move what both need to src/shared.`
  const [own, other] = [FLOORS[room] ?? 0, FLOORS[target] ?? 0]
  if (other < own) return undefined
  const why = other === own ? `${room} and ${target} are both on floor ${own}` : `${room} is on floor ${own}, below ${target} on floor ${other}`
  return `${why}: take it as an argument, move it to a lower floor, or join the two on a floor above.`
}

function packageProblem(file: string, room: string, specifier: string): string | undefined {
  const builtin = specifier.startsWith('node:') || BUILTIN.has(specifier)
  const name = specifier.replace(/^node:/, '')
  if (builtin && room in WITHOUT_NODE) return `No Node here: ${WITHOUT_NODE[room]}.`
  if (builtin && EFFECT_MODULES.test(name) && room in WITHOUT_EFFECTS) return `No "${specifier}" here: ${WITHOUT_EFFECTS[room]}.`
  const owner = OWNERS.find(({ packages }) => packages.test(specifier))
  if (owner === undefined || owner.rooms.some((allowed) => isWithin(file, allowed))) return undefined
  return `Only ${owner.rooms.join(', ')} may import "${specifier}": ${owner.fix}.`
}

/** True where `path` is `folder` or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function withoutQuery(specifier: string): string {
  return specifier.replace(/\?.*$/, '')
}
